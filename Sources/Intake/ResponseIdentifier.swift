package import StoaModel

/// Ids of new responses: the day, and eight characters drawn by lot.
///
/// Two people who write on one day without knowing of each other get different ids, but for one chance in a million
/// millions.
package enum ResponseIdentifier {
  /// Crockford's base 32 in lower case, which has no letters that are taken for digits.
  private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

  package static func make(
    on day: CalendarDay, using generator: inout some RandomNumberGenerator
  ) -> String {
    let date = day.description.utf8.filter { $0 != UInt8(ascii: "-") }
    let lot = (0..<8).map { _ in alphabet[Int(generator.next(upperBound: UInt(alphabet.count)))] }
    return String(decoding: date + [UInt8(ascii: "-")] + lot, as: UTF8.self)
  }
}
