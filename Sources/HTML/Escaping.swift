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
    var index = 0
    while index < text.count {
      guard LowBytes.special.contains(byte: text[index]) else {
        index += 1
        continue
      }
      write(text, start..<index)
      write(Self.reference(to: text[index]))
      index += 1
      start = index
    }
    write(text, start..<text.count)
  }

  /// What stands for a byte that HTML and XML give a meaning to.
  private static func reference(to byte: UInt8) -> StaticString {
    switch byte {
    case UInt8(ascii: "&"): "&amp;"
    case UInt8(ascii: "<"): "&lt;"
    case UInt8(ascii: ">"): "&gt;"
    case UInt8(ascii: "\""): "&quot;"
    default: "&#39;"
    }
  }
}

/// A set of bytes below 64, as bits: a letter is never among them, and no memory is read to see whether a mark is.
package struct LowBytes: OptionSet, Sendable {
  package let rawValue: UInt64

  @inline(__always)
  package init(rawValue: UInt64) { self.rawValue = rawValue }

  @inline(__always)
  private init(_ byte: Unicode.Scalar) { rawValue = 1 << UInt64(UInt8(ascii: byte)) }

  /// What HTML and XML give a meaning to.
  @inline(__always)
  package static var special: LowBytes {
    [LowBytes("&"), LowBytes("<"), LowBytes(">"), LowBytes("\""), LowBytes("'")]
  }

  /// The control characters that XML cannot hold.
  @inline(__always)
  package static var illegalXML: LowBytes {
    LowBytes(rawValue: 0xFFFF_FFFF).subtracting([LowBytes("\t"), LowBytes("\n"), LowBytes("\r")])
  }

  @inline(__always)
  package func contains(byte: UInt8) -> Bool {
    byte < 64 && rawValue >> UInt64(byte) & 1 == 1
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
    let marks = LowBytes.special.union(.illegalXML)
    var start = 0
    var index = 0
    while index < text.count {
      let byte = text[index]
      let length = byte == 0xEF ? Self.lengthOfNoncharacter(in: text, at: index) : 1
      guard marks.contains(byte: byte) || byte == 0xEF && length > 0 else {
        index += 1
        continue
      }
      write(text, start..<index)
      write(LowBytes.special.contains(byte: byte) ? Self.reference(to: byte) : "\u{FFFD}")
      index += length
      start = index
    }
    write(text, start..<text.count)
  }

  /// The bytes of U+FFFE or U+FFFF, which XML cannot hold either; 0 where neither begins.
  private static func lengthOfNoncharacter(
    in text: UnsafeBufferPointer<UInt8>, at index: Int
  ) -> Int {
    guard index + 2 < text.count else { return 0 }
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
