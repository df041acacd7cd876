/// RFC 3986's percent-encoding.
package enum PercentEncoding {
  /// A set of ASCII bytes that stay as they are.
  package struct Allowed: Sendable {
    fileprivate let isAllowed: [Bool]

    fileprivate init(_ extra: StaticString) {
      var table = [Bool](repeating: false, count: 256)
      for byte in UInt8(ascii: "a")...UInt8(ascii: "z") { table[Int(byte)] = true }
      for byte in UInt8(ascii: "A")...UInt8(ascii: "Z") { table[Int(byte)] = true }
      for byte in UInt8(ascii: "0")...UInt8(ascii: "9") { table[Int(byte)] = true }
      for index in 0..<extra.utf8CodeUnitCount { table[Int(extra.utf8Start[index])] = true }
      isAllowed = table
    }
  }

  /// `pchar` and `/`, less the characters that HTML or headers would have to escape.
  package static let path = Allowed("-._~/!$()*+,;=:@")
  /// A path that may be encoded already.
  internal static let urlPath = Allowed("-._~/!$()*+,;=:@%")
  package static let fragment = Allowed("-._~/!$()*+,;=:@?")
  /// What a value of a query may hold unencoded.
  package static let queryValue = Allowed("-._~")

  /// Whether the text stays as it is, as nearly every one does.
  internal static func isEncoded(_ text: String, keeping allowed: Allowed) -> Bool {
    text.utf8.withContiguousStorageIfAvailable { bytes in
      bytes.allSatisfy { allowed.isAllowed[Int($0)] }
    } ?? false
  }

  /// The text with every byte that is not allowed as `%XX`.
  package static func encode(_ text: String, keeping allowed: Allowed) -> String {
    if isEncoded(text, keeping: allowed) { return text }
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      if allowed.isAllowed[Int(byte)] {
        bytes.append(byte)
      } else {
        bytes += [UInt8(ascii: "%"), hexDigit(byte >> 4), hexDigit(byte & 15)]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The text with each `%XX` replaced by its byte; nil when the result is not UTF-8.
  ///
  /// A `%` without two digits stays.
  package static func decode(_ text: String) -> String? {
    let source = Array(text.utf8)
    guard source.contains(UInt8(ascii: "%")) else { return text }
    var bytes: [UInt8] = []
    var index = 0
    while index < source.count {
      if source[index] == UInt8(ascii: "%"), index + 2 < source.count,
        let high = hexValue(source[index + 1]), let low = hexValue(source[index + 2])
      {
        bytes.append(high << 4 | low)
        index += 3
      } else {
        bytes.append(source[index])
        index += 1
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }

  private static func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
  }

  private static func hexValue(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
