import StoaYAML
import Testing

/// A document's entries.
private func read(
  _ text: String, firstLine: Int = 1, dialect: YAMLReader.Dialect = .plain
) throws -> [YAMLEntry] {
  try YAMLReader.read(Array(text.utf8)[...], firstLine: firstLine, dialect: dialect)
}

@Suite("YAML is read") struct YAMLReaderTests {
  @Test("with every scalar as the text that was written", arguments: ["no", "0123", "1e3", "~"])
  func scalars(text: String) throws {
    #expect(try read("key: \(text)").map(\.value.scalar) == [text])
  }

  @Test("as nothing when it is empty", arguments: ["", "\n\n", "# only a comment\n", "---\n"])
  func empty(text: String) throws {
    #expect(try read(text).isEmpty)
  }

  @Test("with lines of the file and columns in bytes") func places() throws {
    let entries = try read("a: 1\n\"naïve\": {b: 2}", firstLine: 10)
    #expect(entries.map(\.keyLine) == [10, 11])
    #expect(entries[1].value.column == "\"naïve\": ".utf8.count + 1)
    let inner = try #require(entries[1].value.mapping?.first)
    #expect(inner.value.line == 11)
    #expect(inner.keyColumn == "\"naïve\": {".utf8.count + 1)
  }

  @Test("with what stands behind a scalar after a number sign") func comment() throws {
    let entries = try read("title: Fix #42 at last\nquoted: \"Fix #42\"")
    #expect(entries.map(\.value.scalar) == ["Fix", "Fix #42"])
    #expect(entries[0].value.comment?.hasPrefix("#42") == true)
    #expect(entries[1].value.comment == nil)
    #expect(entries.map(\.value.isPlain) == [true, false])
  }

  @Test("with a note of an item of a list that a scalar has swallowed") func swallowed() throws {
    let entries = try read("topics: one\n  - two\nother: one\n  two")
    #expect(entries.map(\.value.swallowsItem) == [true, false])
  }

  @Test(
    "up to the first thing that front matter may not hold",
    arguments: [
      ("a: &name 1", YAMLProblem.Kind.forbidden, 1, 4),
      ("a: 1\nb: *name", .forbidden, 2, 4),
      ("a: !!str 1", .forbidden, 1, 4),
      ("%YAML 1.1\n---\na: 1", .forbidden, 1, 1),
      ("a: 1\n---\nb: 2", .forbidden, 2, 1),
      ("a: \"\\x01\"", .controlCharacter, 1, 4),
      ("a: [1\nb: 2", .syntax, 1, 4),
      ("- one\n- two", .syntax, 1, 1),
      ("a: [[[[[[[[1]]]]]]]]", .tooLarge, 1, 11),
    ])
  func refusals(text: String, kind: YAMLProblem.Kind, line: Int, column: Int) throws {
    let problem = try #require(throws: YAMLProblem.self) { try read(text) }
    #expect(problem.kind == kind)
    #expect((problem.line, problem.column) == (line, column), "\(problem.message)")
  }

  @Test("up to a size") func size() {
    #expect(throws: YAMLProblem.self) {
      try YAMLReader.read(Array("a: 12345678".utf8)[...], maximumSize: 10)
    }
  }

  @Test("of other tools with tags passed over and aliases of texts replaced") func foreign() throws
  {
    let entries = try read(
      "a: &name one\nb: *name\nc: !!str 2\nd: \"x\\x01y\"\ne: &list [1]\nf: *list",
      dialect: .foreign)
    #expect(
      entries.filter { $0.key != "e" }.map(\.value.scalar) == ["one", "one", "2", "x\u{FFFD}y", ""])
  }
}
