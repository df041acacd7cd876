import StoaIntake
import Testing

@Suite("The token of a form") struct FormTokenTests {
  private static let key = [UInt8](repeating: 7, count: 32)
  private let tokens = FormTokens(key: key)

  @Test(
    "holds from when somebody can have typed to when a page is old",
    arguments: [
      (0, .tooSoon), (2, .tooSoon), (3, .valid), (86_400, .valid), (86_401, .expired),
      (-1, .tooSoon),
    ] as [(Int64, FormTokens.Verdict)])
  func age(_ seconds: Int64, _ verdict: FormTokens.Verdict) {
    let token = tokens.make(post: "rope", at: 1_000, nonce: 5)
    #expect(tokens.verdict(on: token, post: "rope", at: 1_000 + seconds) == verdict)
  }

  @Test("holds for its post, and for nobody without the key")
  func forgery() {
    let token = tokens.make(post: "rope", at: 1_000, nonce: 5)
    #expect(tokens.verdict(on: token, post: "other", at: 1_010) == .forged)
    let others = FormTokens(key: [UInt8](repeating: 8, count: 32))
    #expect(others.verdict(on: token, post: "rope", at: 1_010) == .forged)
    #expect(token != tokens.make(post: "rope", at: 1_000, nonce: 6))
  }

  @Test("holds in no other spelling, with any byte changed")
  func changes() {
    let token = Array(tokens.make(post: "rope", at: 1_000, nonce: 5).utf8)
    for index in token.indices {
      for byte in ["0", "a", ".", "-", "+", " "].map({ UInt8(ascii: Unicode.Scalar($0) ?? "0") })
      where byte != token[index] {
        var changed = token
        changed[index] = byte
        let text = String(decoding: changed, as: UTF8.self)
        #expect(tokens.verdict(on: text, post: "rope", at: 1_010) == .forged, "\(text)")
      }
    }
    for text in ["", ".", "..", "...", "1000.5", "1000.5."] {
      #expect(tokens.verdict(on: text, post: "rope", at: 1_010) == .forged)
    }
  }
}
