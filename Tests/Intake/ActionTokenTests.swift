import StoaIntake
import StoaModel
import Testing

@Suite("The token of a link in a mail") struct ActionTokenTests {
  private static let key = [UInt8](repeating: 7, count: 32)
  private let tokens = ActionTokens(key: key)

  @Test("holds until its time is up")
  func time() {
    let token = tokens.make(.accept, "ab", until: 1_000)
    #expect(tokens.verdict(on: token, .accept, "ab", at: 1_000) == .valid)
    #expect(tokens.verdict(on: token, .accept, "ab", at: 1_001) == .expired)
  }

  @Test(
    "holds for its action, its item and its time, and for nobody without the key: none of 10,000")
  func forgery() {
    var generator = SeededNumbers(state: 9)
    let others = ActionTokens(key: [UInt8](repeating: 8, count: 32))
    var taken = 0
    for number in 0..<2_500 {
      let item = String(UInt64.random(in: .min ... .max, using: &generator), radix: 16)
      let action = SignedAction.allCases.randomElement(using: &generator) ?? .accept
      let token = tokens.make(action, item, until: 1_000)
      for other in SignedAction.allCases where other != action {
        if tokens.verdict(on: token, other, item, at: 0) != .forged { taken += 1 }
      }
      if tokens.verdict(on: token, action, item + "0", at: 0) != .forged { taken += 1 }
      if tokens.verdict(on: others.make(action, item, until: 1_000), action, item, at: 0) != .forged
      {
        taken += 1
      }
      let later = "2000" + token.dropFirst(4)
      if tokens.verdict(on: later, action, item, at: 0) != .forged { taken += 1 }
      var bytes = Array(token.utf8)
      let place = number % bytes.count
      bytes[place] ^= 1
      if tokens.verdict(on: String(decoding: bytes, as: UTF8.self), action, item, at: 0) == .valid {
        taken += 1
      }
      if tokens.verdict(on: token, action, item, at: 1_001) != .expired { taken += 1 }
    }
    #expect(taken == 0)
  }

  @Test(
    "has one spelling",
    arguments: ["", ".", "1000", "1000.", "+1000.", "01000.", "-1.", "1000..", " 1000."])
  func spellings(_ head: String) {
    let code = tokens.make(.accept, "ab", until: 1_000).split(separator: ".")[1]
    for text in [head, head + code, head + code + "."] {
      #expect(tokens.verdict(on: text, .accept, "ab", at: 0) != .valid || text == "1000.\(code)")
    }
    #expect(tokens.verdict(on: "1000.\(code.uppercased())", .accept, "ab", at: 0) == .forged)
  }

  @Test("is none of a form's")
  func forms() {
    let form = FormTokens(key: Self.key).make(post: "accept\nab", at: 1_000, nonce: 1)
    #expect(tokens.verdict(on: form, .accept, "ab", at: 0) == .forged)
  }
}

/// The same numbers in every run.
struct SeededNumbers: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ state >> 29
  }
}
