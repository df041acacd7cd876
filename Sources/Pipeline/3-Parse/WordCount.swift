/// Counts words as readers do: runs between white space, and each ideograph or kana for itself.
enum WordCount {
  static func words(in bytes: [UInt8]) -> Int {
    var count = 0
    var isInWord = false
    // Most texts are ASCII: the scalars are decoded only from where a text is not.
    var index = 0
    while index < bytes.count, bytes[index] < 0x80 {
      let isSpace = bytes[index] <= 0x20
      if !isSpace && !isInWord { count += 1 }
      isInWord = !isSpace
      index += 1
    }
    guard index < bytes.count else { return count }
    for scalar in String(decoding: bytes[index...], as: UTF8.self).unicodeScalars {
      if isWordByItself(scalar) {
        count += 1
        isInWord = false
      } else {
        let isSpace = scalar.properties.isWhitespace
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
