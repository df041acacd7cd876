extension ByteBuffer {
  /// Appends text escaped for HTML, inside elements and inside quoted attributes alike.
  package mutating func writeEscaped(_ text: String) {
    var text = text
    text.withUTF8 { writeEscaped($0) }
  }

  /// Appends UTF-8 escaped for HTML.
  ///
  /// Bytes, not Characters: a quotation mark stays one whatever combines with it.
  package mutating func writeEscaped(_ text: UnsafeBufferPointer<UInt8>) {
    var start = 0
    for index in text.indices {
      let replacement: StaticString
      switch text[index] {
      case UInt8(ascii: "&"): replacement = "&amp;"
      case UInt8(ascii: "<"): replacement = "&lt;"
      case UInt8(ascii: ">"): replacement = "&gt;"
      case UInt8(ascii: "\""): replacement = "&quot;"
      case UInt8(ascii: "'"): replacement = "&#39;"
      default: continue
      }
      bytes.append(contentsOf: text[start..<index])
      write(replacement)
      start = index + 1
    }
    bytes.append(contentsOf: text[start...])
  }
}

extension ByteBuffer {
  /// Appends text escaped for XML; a character that XML cannot hold becomes U+FFFD.
  package mutating func writeXML(_ text: String) {
    var text = text
    text.withUTF8 { writeXML($0) }
  }

  /// Appends UTF-8 escaped for XML; a character that XML cannot hold becomes U+FFFD.
  package mutating func writeXML(_ text: UnsafeBufferPointer<UInt8>) {
    var start = 0
    var index = 0
    while index < text.count {
      let length = Self.lengthOfIllegalXML(in: text, at: index)
      guard length > 0 else {
        index += 1
        continue
      }
      writeEscaped(UnsafeBufferPointer(rebasing: text[start..<index]))
      write("\u{FFFD}")
      index += length
      start = index
    }
    writeEscaped(UnsafeBufferPointer(rebasing: text[start...]))
  }

  /// How many bytes a character takes that XML 1.0 cannot hold; 0 where none begins.
  ///
  /// These are the control characters other than tab and line ends, U+FFFE and U+FFFF.
  @inline(__always)
  private static func lengthOfIllegalXML(
    in text: UnsafeBufferPointer<UInt8>, at index: Int
  ) -> Int {
    let byte = text[index]
    if byte < 0x20 { return byte == 0x09 || byte == 0x0A || byte == 0x0D ? 0 : 1 }
    guard byte == 0xEF, index + 2 < text.count else { return 0 }
    return text[index + 1] == 0xBF && text[index + 2] >= 0xBE ? 3 : 0
  }

  /// Appends text as a JSON string, quotation marks included, that is also safe inside a script.
  package mutating func writeJSON(_ text: String) {
    write("\"")
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": write("\\\"")
      case "\\": write("\\\\")
      case "\n": write("\\n")
      case "\r": write("\\r")
      case "\t": write("\\t")
      case "<", ">", "&", "\u{2028}", "\u{2029}", "\u{0}"..."\u{1F}":
        let hex = String(scalar.value, radix: 16)
        write("\\u" + String(repeating: "0", count: 4 - hex.utf8.count) + hex)
      default:
        bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      }
    }
    write("\"")
  }
}
