import StoaModel
import Testing

@Suite("A message's code") struct MessageAuthenticationTests {
  /// RFC 4231, test cases 1, 2, 3 and 6.
  @Test(
    "is what the standard says",
    arguments: [
      (
        [UInt8](repeating: 0x0B, count: 20), Array("Hi There".utf8),
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
      ),
      (
        Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
      ),
      (
        [UInt8](repeating: 0xAA, count: 20), [UInt8](repeating: 0xDD, count: 50),
        "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
      ),
      (
        [UInt8](repeating: 0xAA, count: 131),
        Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
      ),
    ])
  func vectors(_ key: [UInt8], _ message: [UInt8], _ code: String) {
    let digest = SHA256.authenticationCode(of: message, key: key)
    #expect(digest.hexadecimal == code)
    #expect(digest.isEqual(toHexadecimal: code))
    #expect(!digest.isEqual(toHexadecimal: code.uppercased()))
    #expect(!digest.isEqual(toHexadecimal: String(code.dropLast())))
  }
}
