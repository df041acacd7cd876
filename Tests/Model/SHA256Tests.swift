import Testing

@testable import StoaModel

@Suite("SHA-256")
struct SHA256Tests {
  /// FIPS 180-4's examples, and the empty text.
  static let published = [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ]

  @Test("has the published values", arguments: published)
  func publishedValues(text: String, hash: String) {
    #expect(SHA256.hexadecimal(of: Array(text.utf8)) == hash)
    #expect(SHA256.hexadecimal(of: Array(text.utf8), usesInstructions: false) == hash)
  }

  @Test("is the same with the processor's instructions and without, at every length around a block")
  func instructions() {
    for length in Array(0...200) + [4_095, 4_096, 4_097] {
      let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ length) }
      #expect(
        SHA256.hexadecimal(of: bytes)
          == SHA256.hexadecimal(of: bytes, usesInstructions: false))
    }
  }
}
