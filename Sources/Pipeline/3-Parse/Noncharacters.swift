/// The 66 code points that Unicode reserves for a program's internal use, such as U+FFFE and U+FDD0: XML forbids some of them, and
/// no text needs any.
enum Noncharacters {
  /// The bytes with every noncharacter replaced by U+FFFD.
  static func replaced(in bytes: [UInt8]) -> [UInt8] {
    mayAppear(in: bytes) ? bytes.withUnsafeBufferPointer(replaced) : bytes
  }

  static func replaced(in bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      let isLegal = scalar.value < 0xFDD0 || !scalar.properties.isNoncharacterCodePoint
      result += UTF8.encode(isLegal ? scalar : "\u{FFFD}") ?? UTF8.encodedReplacementCharacter
    }
    return result
  }

  /// Whether bytes contain the first bytes of U+FDD0 to U+FDEF or the last bytes of one of the others.
  static func mayAppear(in bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { bytes in
      var found: UInt8 = 0
      // Arithmetic, as in `hasAny`.
      for index in bytes.indices.dropFirst() {
        let (first, second) = (bytes[index &- 1], bytes[index])
        found |= first.equal(to: 0xBF) & (second | 0x01).equal(to: 0xBF)
        found |= first.equal(to: 0xEF) & second.equal(to: 0xB7)
      }
      return found & 0x80 != 0
    }
  }
}
