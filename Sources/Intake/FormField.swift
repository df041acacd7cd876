import StoaModel

/// A field of a form with its value.
package struct FormField: Sendable, Hashable {
  package let name: String
  package let value: String

  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }

  /// The maximum number of fields; our forms have fewer.
  private static let limit = 64

  /// Reads `application/x-www-form-urlencoded`, from a request's body or a query.
  ///
  /// Invalid UTF-8 becomes U+FFFD.
  ///
  /// - Returns: Nil when there are more fields than any form has.
  package static func decode(_ bytes: some Collection<UInt8>) -> [FormField]? {
    let parts = bytes.split(separator: UInt8(ascii: "&"), maxSplits: limit)
    guard parts.count <= limit else { return nil }
    return parts.map { part in
      let pair = part.split(
        separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      return FormField(decoded(pair[0]), pair.count > 1 ? decoded(pair[1]) : "")
    }
  }

  private static func decoded(_ bytes: some Collection<UInt8>) -> String {
    let source = Array(bytes)
    var result: [UInt8] = []
    result.reserveCapacity(source.count)
    var index = 0
    while index < source.count {
      if source[index] == UInt8(ascii: "%"), index + 2 < source.count,
        let high = ASCII.hexValue(source[index + 1]), let low = ASCII.hexValue(source[index + 2])
      {
        result.append(high << 4 | low)
        index += 3
      } else {
        result.append(source[index] == UInt8(ascii: "+") ? 0x20 : source[index])
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
