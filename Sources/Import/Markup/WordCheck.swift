/// Whether a converter has kept every word.
enum WordCheck {
  /// Whether the letters and digits of the HTML's text stand in the markdown in the same order.
  ///
  /// More may stand there: addresses, and what markdown adds.
  static func holds(html: [UInt8], markdown: [UInt8]) -> Bool {
    let text = withoutReferences(HTMLTokens.plain(html))
    var found = String(decoding: markdown, as: UTF8.self).unicodeScalars.makeIterator()
    for wanted in text.unicodeScalars where isLetterOrDigit(wanted) {
      while true {
        guard let scalar = found.next() else { return false }
        if scalar == wanted { break }
      }
    }
    return true
  }

  private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII
      ? ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
      : scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }

  /// The text without references that only pandoc knows by name.
  private static func withoutReferences(_ text: String) -> String {
    var kept: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let start = rest.firstIndex(of: UInt8(ascii: "&")) {
      kept += rest[..<start]
      rest = rest[(start + 1)...]
      let name = rest.prefix(32).prefix { $0 != UInt8(ascii: ";") && $0 > 0x20 }
      if name.endIndex < rest.endIndex, rest[name.endIndex] == UInt8(ascii: ";") {
        rest = rest[(name.endIndex + 1)...]
      }
    }
    return String(decoding: kept + rest, as: UTF8.self)
  }
}
