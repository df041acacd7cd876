/// Finds and replaces control bytes in documents, which must not be mistaken for Parse's body marks.
enum ControlBytes {
  static func isForbidden(_ byte: UInt8) -> Bool { forbidden(byte) & 0x80 != 0 }

  /// Sets the highest bit for bytes less than a space except tab and newline, and for 0xFE and 0xFF.
  ///
  /// cmark-gfm writes the last two for a character reference to U+FFFE or U+FFFF; UTF-8 has no such bytes.
  @inline(__always)
  private static func forbidden(_ byte: UInt8) -> UInt8 {
    byte.less(than: 0x09) | (byte &- 0x0B).less(than: 0x15) | (byte &- 0xFE).less(than: 0x02)
  }

  /// Whether markdown has a control byte, or a numeric character reference that may decode to one.
  static func mayAppear(in bytes: [UInt8]) -> Bool {
    if bytes.hasAny(forbidden) { return true }
    guard bytes.hasAny({ $0.equal(to: UInt8(ascii: "&")) }) else { return false }
    return zip(bytes, bytes.dropFirst()).contains {
      $0 == UInt8(ascii: "&") && $1 == UInt8(ascii: "#")
    }
  }

  /// The bytes with every control byte other than tab and newline, and every noncharacter, replaced by U+FFFD.
  static func replaced(in bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    guard bytes.hasAny(forbidden) else { return Noncharacters.replaced(in: Array(bytes)) }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + 16)
    for byte in bytes {
      if isForbidden(byte) {
        result += [0xEF, 0xBF, 0xBD]
      } else {
        result.append(byte)
      }
    }
    return Noncharacters.replaced(in: result)
  }

  /// The bytes with every line end as one newline, as cmark-gfm leaves them in code.
  static func withUnixLineEnds(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.hasAny({ $0.equal(to: 0x0D) }) else { return bytes }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0x0D {
        result.append(0x0A)
        if index + 1 < bytes.count, bytes[index + 1] == 0x0A { index += 1 }
      } else {
        result.append(byte)
      }
      index += 1
    }
    return result
  }
}
