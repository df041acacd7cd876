import StoaTestSupport
import StoaYAML
import Testing

@Suite("Front matter that is written") struct FrontMatterTextTests {
  @Test("is read back to the same texts") func roundTrip() throws {
    var random = RandomNumbers(seed: 1)
    let pieces = [
      "a", "Z", "0", " ", "-", ":", ": ", "#", " #", "'", "\"", "\\", "&", "*", "!", "%", "@", "`",
      "{",
      "[", ",", "|", ">", "é", "日", "yes", "null", "2026-03-04", ".", "?", "~",
    ]
    for _ in 0..<2_000 {
      let texts = (0..<3).map { _ in
        String((0..<random.next(8)).flatMap { _ in random.element(of: pieces) })
      }
      // Not empty, and without a space at either end, which a scalar on one line cannot have.
      let kept = texts.map { "x\($0)x" } + texts.filter { !$0.isEmpty }
      var matter = FrontMatterText()
      for (index, text) in kept.enumerated() { matter.add("key\(index)", text) }
      matter.add("list", kept)
      let entries = try YAMLReader.read(matter.bytes[...])
      #expect(entries.prefix(kept.count).map(\.value.scalar) == kept)
      guard case .sequence(let items)? = entries.last?.value.content else {
        Issue.record("no list: \(String(decoding: matter.bytes, as: UTF8.self))")
        return
      }
      #expect(items.map(\.scalar) == kept)
    }
  }

  @Test("leaves out what is empty, and keeps dates as people write them") func forms() {
    var matter = FrontMatterText()
    matter.add("title", "")
    matter.add("topics", [])
    matter.add("draft", flag: false)
    matter.add("topics", ["one"])
    matter.add("date", "2026-03-04T09:10:00+01:00")
    matter.add("closed", flag: true)
    #expect(
      String(decoding: matter.bytes, as: UTF8.self)
        == "topics: one\ndate: 2026-03-04T09:10:00+01:00\nclosed: true\n")
  }
}
