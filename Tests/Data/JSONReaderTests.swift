import StoaData
import Testing

@Suite("JSON") struct JSONReaderTests {
  private static func read(_ text: String) throws -> SourceValue {
    try JSONReader.read(Array(text.utf8))
  }

  @Test(
    "keeps scalars as they are written",
    arguments: [
      (#""a\u00e9\ud83d\ude00\n""#, "aé😀\n"), ("0123", "0123"), ("-1.50e+3", "-1.50e+3"),
      ("true", "true"), ("null", ""), (#""\ud83d""#, "\u{FFFD}"),
    ])
  func scalars(_ json: String, _ text: String) throws {
    #expect(try Self.read(" \(json)\n") == .text(text))
  }

  @Test("keeps keys in order, and those that are there twice") func mappings() throws {
    let value = try Self.read(#"{"b": [1, {}], "a": "x", "b": []}"#)
    #expect(
      value
        == .mapping([
          SourceValue.Entry(key: "b", value: .list([.text("1"), .mapping([])])),
          SourceValue.Entry(key: "a", value: .text("x")),
          SourceValue.Entry(key: "b", value: .list([])),
        ]))
  }

  @Test(
    "that is none is refused, with its place",
    arguments: [
      ("", 1, 1), ("{\n\"a\" 1}", 2, 5), ("[1\n2]", 2, 1), ("\"a", 1, 3), ("1 2", 1, 3),
    ])
  func problems(_ json: String, _ line: Int, _ column: Int) {
    let problem = #expect(throws: SourceProblem.self) { try Self.read(json) }
    #expect(problem?.line == line && problem?.column == column)
  }

  @Test("that is nested without end is refused") func depth() {
    #expect(throws: SourceProblem.self) {
      try Self.read(String(repeating: "[", count: 1_000_000))
    }
  }

  @Test("that more follows is read from its start") func start() throws {
    let found = try JSONReader.readStart(of: Array(#"{"a": 1} {"b": 2}"#.utf8))
    #expect(found.value == .mapping([SourceValue.Entry(key: "a", value: .text("1"))]))
    #expect(found.rest == 8)
  }
}
