/// Counts words: runs between white space, and each ideograph or kana separately.
enum WordCount {
  static func words(in bytes: [UInt8]) -> Int {
    bytes.hasAny { $0 } ? words(in: String(decoding: bytes, as: UTF8.self)) : ascii(bytes)
  }

  /// Most documents are ASCII, where a word begins at each byte that follows a space and is no space.
  private static func ascii(_ bytes: [UInt8]) -> Int {
    bytes.withUnsafeBufferPointer { bytes in
      guard let first = bytes.first else { return 0 }
      var count: UInt32 = 0
      // Arithmetic, as in `hasAny`.
      for index in 1..<bytes.count {
        let begins = bytes[index &- 1].less(than: 0x21) & ~bytes[index].less(than: 0x21)
        count &+= UInt32(begins >> 7)
      }
      return Int(count) + (first > 0x20 ? 1 : 0)
    }
  }

  private static func words(in text: String) -> Int {
    var count = 0
    var isInWord = false
    for scalar in text.unicodeScalars {
      if isWordByItself(scalar) {
        count += 1
        isInWord = false
      } else {
        let isSpace = scalar.isASCII ? scalar.value <= 0x20 : scalar.properties.isWhitespace
        if !isSpace && !isInWord { count += 1 }
        isInWord = !isSpace
      }
    }
    return count
  }

  private static func isWordByItself(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x3041: false
    case 0x3041...0x30FF, 0x31F0...0x31FF: scalar.value != 0x30FB
    default: scalar.properties.isIdeographic
    }
  }
}
