import CSHA256

/// The hash of FIPS 180-4, by which the manifest recognises files.
///
/// Our own, because a cryptography package would take minutes to build, for one function of sixty lines with published test
/// vectors.
package struct SHA256 {
  private static let constants: [UInt32] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4,
    0xab1c_5ed5, 0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe,
    0x9bdc_06a7, 0xc19b_f174, 0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f,
    0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da, 0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7,
    0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967, 0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc,
    0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85, 0xa2bf_e8a1, 0xa81a_664b,
    0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070, 0x19a4_c116,
    0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7,
    0xc671_78f2,
  ]

  private static let hasInstructions = stoa_sha256_is_available()

  /// A hash: its 32 bytes, as four words of eight bytes.
  ///
  /// Not a SIMD vector: the compiler (6.2) misaligns those in asynchronous functions, which then crash.
  package struct Digest: Sendable, Hashable {
    package let first: UInt64
    package let second: UInt64
    package let third: UInt64
    package let fourth: UInt64

    /// A digest that matches no known bytes.
    package static let none = Digest(first: 0, second: 0, third: 0, fourth: 0)

    /// Reads the output of `hexadecimal`; nil for anything else.
    package init?(hexadecimal text: ArraySlice<UInt8>) {
      guard text.count == 64, let first = Self.word(text.prefix(16)),
        let second = Self.word(text.dropFirst(16).prefix(16)),
        let third = Self.word(text.dropFirst(32).prefix(16)),
        let fourth = Self.word(text.suffix(16))
      else { return nil }
      (self.first, self.second, self.third, self.fourth) = (first, second, third, fourth)
    }

    private static func word(_ text: ArraySlice<UInt8>) -> UInt64? {
      var word: UInt64 = 0
      for byte in text {
        guard let value = ASCII.hexValue(byte), byte == ASCII.lowercased(byte) else { return nil }
        word = word << 4 | UInt64(value)
      }
      return word
    }

    /// - Parameter state: the final eight words of 32 bits.
    fileprivate init(state: UnsafeMutableBufferPointer<UInt32>) {
      func word(_ index: Int) -> UInt64 { UInt64(state[index]) << 32 | UInt64(state[index + 1]) }
      (first, second, third, fourth) = (word(0), word(2), word(4), word(6))
    }

    package init(first: UInt64, second: UInt64, third: UInt64, fourth: UInt64) {
      (self.first, self.second, self.third, self.fourth) = (first, second, third, fourth)
    }

    /// In lower case.
    package var hexadecimal: String {
      let digits: StaticString = "0123456789abcdef"
      return String(unsafeUninitializedCapacity: 64) { text in
        for (index, word) in [first, second, third, fourth].enumerated() {
          for digit in 0..<16 {
            text[index * 16 + digit] = digits.utf8Start[Int(word >> UInt64(60 - digit * 4) & 15)]
          }
        }
        return 64
      }
    }
  }

  /// The hash of the bytes.
  package static func digest(of bytes: [UInt8]) -> Digest {
    hash(bytes, hasInstructions)
  }

  /// The hash of the bytes in lower-case hexadecimal.
  package static func hexadecimal(of bytes: [UInt8]) -> String {
    digest(of: bytes).hexadecimal
  }

  /// The same hash with or without the processor's instructions, so that a test can compare the two.
  static func hexadecimal(of bytes: [UInt8], usesInstructions: Bool) -> String {
    hash(bytes, usesInstructions).hexadecimal
  }

  private static let initialState: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab,
    0x5be0_cd19,
  ]

  /// Most files are small, and there are many, so nothing is allocated.
  private static func hash(_ bytes: [UInt8], _ usesInstructions: Bool) -> Digest {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 8) { state in
      _ = state.initialize(fromContentsOf: initialState)
      let whole = bytes.count / 64 * 64
      bytes.withUnsafeBufferPointer { compress($0.prefix(whole), state, usesInstructions) }
      // The last block or two: the rest, a one bit, zeros, and the length in bits.
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 128) { tail in
        tail.initialize(repeating: 0)
        let rest = bytes.count - whole
        for index in 0..<rest { tail[index] = bytes[whole + index] }
        tail[rest] = 0x80
        let end = rest < 56 ? 64 : 128
        for place in 0..<8 {
          tail[end - 1 - place] = UInt8(truncatingIfNeeded: (bytes.count * 8) >> (place * 8))
        }
        compress(UnsafeBufferPointer(tail)[..<end], state, usesInstructions)
      }
      return Digest(state: state)
    }
  }

  /// Adds whole blocks to the state.
  private static func compress(
    _ blocks: UnsafeBufferPointer<UInt8>.SubSequence,
    _ state: UnsafeMutableBufferPointer<UInt32>, _ usesInstructions: Bool
  ) {
    guard !blocks.isEmpty else { return }
    let blocks = UnsafeBufferPointer(rebasing: blocks)
    if usesInstructions {
      stoa_sha256_compress(state.baseAddress, blocks.baseAddress, blocks.count / 64)
      return
    }
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { schedule in
      schedule.initialize(repeating: 0)
      constants.withUnsafeBufferPointer { constants in
        for start in stride(from: 0, to: blocks.count, by: 64) {
          compress(blocks, start, schedule, constants, state)
        }
      }
    }
  }

  @inline(__always)
  private static func compress(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ w: UnsafeMutableBufferPointer<UInt32>,
    _ k: UnsafeBufferPointer<UInt32>, _ state: UnsafeMutableBufferPointer<UInt32>
  ) {
    for i in 0..<16 {
      let at = start + i * 4
      w[i] =
        UInt32(bytes[at]) << 24 | UInt32(bytes[at + 1]) << 16 | UInt32(bytes[at + 2]) << 8
        | UInt32(bytes[at + 3])
    }
    for i in 16..<64 {
      let (x, y) = (w[i - 15], w[i - 2])
      let small0 = rotate(x, 7) ^ rotate(x, 18) ^ (x >> 3)
      let small1 = rotate(y, 17) ^ rotate(y, 19) ^ (y >> 10)
      w[i] = w[i - 16] &+ small0 &+ w[i - 7] &+ small1
    }
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    for i in 0..<64 {
      let big1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
      let first = h &+ big1 &+ (e & f ^ ~e & g) &+ k[i] &+ w[i]
      let big0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
      let second = big0 &+ (a & b ^ a & c ^ b & c)
      (h, g, f, e) = (g, f, e, d &+ first)
      (d, c, b, a) = (c, b, a, first &+ second)
    }
    state[0] &+= a
    state[1] &+= b
    state[2] &+= c
    state[3] &+= d
    state[4] &+= e
    state[5] &+= f
    state[6] &+= g
    state[7] &+= h
  }

  @inline(__always)
  private static func rotate(_ word: UInt32, _ count: UInt32) -> UInt32 {
    word >> count | word << (32 - count)
  }
}
