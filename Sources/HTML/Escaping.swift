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
    let isPlain =
      text.utf8.allSatisfy { $0 >= 0x20 || $0 == 0x0A || $0 == 0x09 }
      && !text.utf8.contains(0xEF)
    guard !isPlain else {
      writeEscaped(text)
      return
    }
    var legal = ""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x09, 0x0A, 0x0D, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...:
        legal.unicodeScalars.append(scalar)
      default: legal.unicodeScalars.append("\u{FFFD}")
      }
    }
    writeEscaped(legal)
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
