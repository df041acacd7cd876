package import StoaModel

/// Ids of new responses: the date, and eight random characters.
///
/// Two people who write on the same day, independently, get different ids, except with a probability of one in a million millions.
package enum ResponseIdentifier {
  /// Crockford's base 32 in lower case, which omits letters that look like digits.
  private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

  package static func make(
    on day: CalendarDay, using generator: inout some RandomNumberGenerator
  ) -> String {
    let date = day.description.utf8.filter { $0 != UInt8(ascii: "-") }
    let lot = (0..<8).map { _ in alphabet[Int(generator.next(upperBound: UInt(alphabet.count)))] }
    return String(decoding: date + [UInt8(ascii: "-")] + lot, as: UTF8.self)
  }
}
