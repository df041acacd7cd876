import StoaModel

/// A character reference such as `&amp;` or `&#xe9;`, with its semicolon: without one, browsers decode it only in some places.
struct CharacterReference {
  typealias Bytes = UnsafeBufferPointer<UInt8>

  /// From `&` to after `;`.
  let range: Range<Int>
  /// Nil for a name that is not in this table; browsers may know it.
  let scalar: Unicode.Scalar?

  /// The reference whose `&` is at an index, if there is one.
  init?(in html: Bytes, at start: Int, before end: Int) {
    var index = start + 1
    guard index < end else { return nil }
    let isNumber = html[index] == UInt8(ascii: "#")
    let limit = min(end, start + 40)
    if isNumber {
      index += 1
      let isHex = index < limit && html[index] | 0x20 == UInt8(ascii: "x")
      if isHex { index += 1 }
      let digits = index
      var value: UInt32 = 0
      while index < limit, let digit = ASCII.hexValue(html[index]), isHex || digit < 10 {
        // Clamp values beyond the last character.
        value = min(value, 0x11_0000) * (isHex ? 16 : 10) + UInt32(digit)
        index += 1
      }
      guard index > digits, index < limit, html[index] == UInt8(ascii: ";") else { return nil }
      range = start..<(index + 1)
      scalar = Unicode.Scalar(value).flatMap { Self.isAllowed($0) ? $0 : nil } ?? "\u{FFFD}"
    } else {
      let name = index
      guard ASCII.isLetter(html[index]) else { return nil }
      while index < limit, ASCII.isLetter(html[index]) || ASCII.isDigit(html[index]) { index += 1 }
      guard index < limit, html[index] == UInt8(ascii: ";") else { return nil }
      range = start..<(index + 1)
      scalar = NamedCharacters.scalar(named: html[name..<index])
    }
  }

  /// Control characters could be mistaken for body marks; XML allows neither them nor noncharacters.
  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A: true
    case ..<0x20, 0x7F...0x9F: false
    default: !scalar.properties.isNoncharacterCodePoint
    }
  }

  /// A value decoded as in a browser, except that an unknown name is kept as written.
  static func decoded(_ html: Bytes, in range: Range<Int>) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(range.count)
    var index = range.lowerBound
    while index < range.upperBound {
      if html[index] == UInt8(ascii: "&"),
        let reference = CharacterReference(in: html, at: index, before: range.upperBound),
        let scalar = reference.scalar
      {
        bytes += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
        index = reference.range.upperBound
      } else {
        bytes.append(html[index])
        index += 1
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension ByteBuffer {
  /// Appends text of HTML so that it remains text: references are kept, and everything else with a meaning is escaped.
  mutating func writeText(
    _ html: UnsafeBufferPointer<UInt8>, in range: Range<Int>, escapingQuotes: Bool
  ) {
    var start = range.lowerBound
    var index = start
    while true {
      if !escapingQuotes { index = PlainRun.end(in: html, from: index, before: range.upperBound) }
      guard index < range.upperBound else { break }
      let replacement: StaticString
      switch html[index] {
      case UInt8(ascii: "<"): replacement = "&lt;"
      case UInt8(ascii: ">"): replacement = "&gt;"
      case UInt8(ascii: "\"") where escapingQuotes: replacement = "&quot;"
      case UInt8(ascii: "'") where escapingQuotes: replacement = "&#39;"
      case UInt8(ascii: "&"):
        if let reference = CharacterReference(in: html, at: index, before: range.upperBound) {
          guard reference.scalar == "\u{FFFD}" else {
            index = reference.range.upperBound
            continue
          }
          write(html, start..<index)
          write("\u{FFFD}")
          index = reference.range.upperBound
          start = index
          continue
        }
        replacement = "&amp;"
      default:
        index += 1
        continue
      }
      write(html, start..<index)
      write(replacement)
      index += 1
      start = index
    }
    write(html, start..<range.upperBound)
  }
}
