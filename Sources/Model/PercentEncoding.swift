/// RFC 3986's percent-encoding.
package enum PercentEncoding {
  /// A set of ASCII bytes that are not encoded.
  package struct Allowed: Sendable {
    fileprivate let isAllowed: [Bool]

    fileprivate init(_ extra: StaticString) {
      var table = [Bool](repeating: false, count: 256)
      for byte in UInt8.min...UInt8.max where ASCII.isLetterOrDigit(byte) {
        table[Int(byte)] = true
      }
      for index in 0..<extra.utf8CodeUnitCount { table[Int(extra.utf8Start[index])] = true }
      isAllowed = table
    }
  }

  /// `pchar` and `/`, except characters that need escaping in HTML or headers.
  package static let path = Allowed("-._~/!$()*+,;=:@")
  /// A path that may be encoded already.
  package static let urlPath = Allowed("-._~/!$()*+,;=:@%")
  package static let fragment = Allowed("-._~/!$()*+,;=:@?")
  /// A whole query with its `?`.
  package static let query = Allowed("-._~/!$&()*+,;=:@?")
  /// The unencoded characters of a value in a query.
  package static let queryValue = Allowed("-._~")
  /// The unencoded characters of a whole URL, without the quote and IPv6's brackets.
  package static let url = Allowed("-._~:/?#@!$&()*+,;=")

  /// Whether encoding changes nothing, as in almost all cases.
  package static func isEncoded(_ text: String, keeping allowed: Allowed) -> Bool {
    text.utf8.withContiguousStorageIfAvailable { bytes in
      bytes.allSatisfy { allowed.isAllowed[Int($0)] }
    } ?? false
  }

  /// The text with every byte outside the set as `%XX`.
  package static func encode(_ text: String, keeping allowed: Allowed) -> String {
    if isEncoded(text, keeping: allowed) { return text }
    var text = text
    return text.withUTF8 { encode($0, keeping: allowed, keepsEscapes: false) }
  }

  /// The bytes with every byte outside the set as `%XX`, also a `%` without two digits after it.
  package static func encodeAnew(
    _ bytes: UnsafeBufferPointer<UInt8>, keeping allowed: Allowed
  ) -> String {
    encode(bytes, keeping: allowed, keepsEscapes: true)
  }

  private static func encode(
    _ source: UnsafeBufferPointer<UInt8>, keeping allowed: Allowed, keepsEscapes: Bool
  ) -> String {
    let digits: StaticString = "0123456789ABCDEF"
    var bytes: [UInt8] = []
    bytes.reserveCapacity(source.count)
    for (index, byte) in source.enumerated() {
      if allowed.isAllowed[Int(byte)]
        || keepsEscapes && byte == UInt8(ascii: "%") && index + 2 < source.count
          && ASCII.isHexDigit(source[index + 1]) && ASCII.isHexDigit(source[index + 2])
      {
        bytes.append(byte)
      } else {
        bytes += [
          UInt8(ascii: "%"), digits.utf8Start[Int(byte >> 4)], digits.utf8Start[Int(byte & 15)],
        ]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The text with every byte outside the set as `%XX`, keeping existing escapes.
  package static func complete(_ text: String, keeping allowed: Allowed) -> String {
    if isEncoded(text, keeping: allowed) { return text }
    let parts = text.utf8.split(separator: UInt8(ascii: "%"), omittingEmptySubsequences: false)
    var result = encode(String(Substring(parts[0])), keeping: allowed)
    for part in parts.dropFirst() {
      let isEscape = part.count >= 2 && part.prefix(2).allSatisfy { ASCII.isHexDigit($0) }
      result += (isEscape ? "%" : "%25") + encode(String(Substring(part)), keeping: allowed)
    }
    return result
  }

  /// The text with each `%XX` replaced by its byte; nil when the result is not UTF-8.
  ///
  /// A `%` without two digits is kept.
  package static func decode(_ text: String) -> String? {
    let source = Array(text.utf8)
    guard source.contains(UInt8(ascii: "%")) else { return text }
    var bytes: [UInt8] = []
    var index = 0
    while index < source.count {
      if source[index] == UInt8(ascii: "%"), index + 2 < source.count,
        let high = ASCII.hexValue(source[index + 1]), let low = ASCII.hexValue(source[index + 2])
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
}
