/// Whether a converter has kept every word.
enum WordCheck {
  /// Whether the letters and digits of the HTML's text are in the markdown in the same order.
  ///
  /// The markdown may have more: URLs, and its own syntax.
  static func holds(html: [UInt8], markdown: [UInt8]) -> Bool {
    let text = withoutReferences(HTMLTokens.plain(html))
    var found = String(decoding: markdown, as: UTF8.self).unicodeScalars.makeIterator()
    for wanted in text.unicodeScalars where isLetterOrDigit(wanted) {
      while true {
        guard let scalar = found.next() else { return false }
        if onTheLine(scalar) == onTheLine(wanted) { break }
      }
    }
    return true
  }

  /// The plain digit of a superscript or subscript: converters write H₂O where HTML has an element for it.
  private static func onTheLine(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    let digit: UInt32
    switch scalar.value {
    case 0xB9: digit = 1
    case 0xB2, 0xB3: digit = scalar.value - 0xB0
    case 0x2070, 0x2074...0x2079: digit = scalar.value - 0x2070
    case 0x2080...0x2089: digit = scalar.value - 0x2080
    default: return scalar
    }
    return Unicode.Scalar(UInt8(0x30 + digit))
  }

  private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII
      ? ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
      : scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }

  /// The text without references that only pandoc knows.
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
