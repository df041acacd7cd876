import Testing

@testable import StoaCheck

@Suite("Words one slip apart") struct SlipIndexTests {
  @Test("are found whatever the slip")
  func slips() {
    let index = SlipIndex(["maren", "henrik", "jun", "maria"], minimumLength: 5)
    #expect(index.first(near: "marne") == 0 && index.first(near: "mren") == nil)
    #expect(index.first(near: "marens") == 0 && index.first(near: "hendrik") == 1)
    #expect(index.first(near: "maran") == 0 && index.first(near: "marena") == 0)
    #expect(index.first(near: "maren") == nil && index.first(near: "juns") == nil)
    #expect(index.first(near: "mario") == 3 && index.first(near: "nobody") == nil)
  }

  /// Comparing each with each would take a hundred million comparisons.
  @Test("are no more than a few when strangers write as many as they can")
  func alike() {
    let words = (0..<16_384).map { "abcd\(Unicode.Scalar(0x4E00 + $0) ?? "x")" }
    #expect((1...(32 * 31 / 2)).contains(SlipIndex.pairs(in: words, minimumLength: 5).count))
    let index = SlipIndex(words, minimumLength: 5)
    #expect(words.allSatisfy { index.first(near: $0 + "e") != nil })
  }

  @Test("are not looked for among long ones")
  func long() {
    let words = ["a", "b"].map { String(repeating: "c", count: 100_000) + $0 }
    #expect(SlipIndex.pairs(in: words, minimumLength: 5).isEmpty)
    let hundred = ["a", "b"].map { String(repeating: "c", count: 99) + $0 }
    #expect(SlipIndex.pairs(in: hundred, minimumLength: 5).count == 1)
  }
}
