import StoaModel
import StoaParse
import Testing

@Suite("What a text may hold") struct LimitTests {
  private func problem(_ piece: String, _ count: Int) -> DiagnosticCode? {
    let bytes = Array(String(repeating: piece, count: count).utf8)
    return MarkdownParser.parse(MarkdownText(.post, bytes: bytes)).problem?.code
  }

  @Test(
    "links, mentions, code and headings are bounded together",
    arguments: ["[a](/b/)\n\n", "@a\n\n", "# @a\n"])
  func references(piece: String) {
    let each = piece.hasPrefix("# @") ? 2 : 1
    #expect(problem(piece, 16_000 / each) == nil)
    #expect(problem(piece, 16_500 / each) == .markdownTooComplex)
  }

  @Test("blocks and inlines are bounded, far beyond what people write") func nodes() {
    let row = "|" + String(repeating: "a|", count: 20) + "\n"
    let delimiters = "|" + String(repeating: "-|", count: 20) + "\n"
    let table = { (rows: Int) in row + delimiters + String(repeating: row, count: rows) }
    #expect(problem(table(6_000), 1) == nil)
    #expect(problem(table(6_600), 1) == .markdownTooComplex)
  }
}
