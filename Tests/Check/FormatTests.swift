import StoaCheck
import StoaModel
import StoaTheme
import Testing

@Suite("Diagnostics as text") struct FormatTests {
  private func diagnostic(
    _ file: String = "content/posts/a.md", line: Int = 3, column: Int = 5,
    _ message: String = "nothing is called “b”", suggestion: String = ""
  ) -> Diagnostic {
    Diagnostic(
      .unresolvedLink, at: SourceLocation(file: file, line: line, column: column), message,
      suggestion: suggestion)
  }

  @Test("an annotation keeps hostile text inside itself")
  func annotation() {
    let hostile = diagnostic(
      "a,line=1::b%.md", "one\r\n::error::two", suggestion: "100 %, or: less")
    #expect(
      hostile.gitHubAnnotation(below: "docs/") == "::warning "
        + "file=docs/a%2Cline=1%3A%3Ab%25.md,line=3,col=5,title=unresolved-link::"
        + "one\\u{d}\\u{a}::error::two; 100 %25, or: less")
    #expect(
      diagnostic(line: 0).gitHubAnnotation(below: "")
        == "::warning file=content/posts/a.md,title=unresolved-link::nothing is called “b”")
  }

  private var twoPlaces: Diagnostic {
    Diagnostic(
      .shadowedAlias, at: SourceLocation(file: "b.md", line: 4, column: 3, length: 7), "taken",
      suggestion: "take it out",
      notes: [
        Diagnostic.Note("first used here", at: SourceLocation(file: "a.md", line: 2, column: 1))
      ])
  }

  @Test("every format has the end of what is meant, and the second place")
  func ranges() {
    let json = DiagnosticsJSON.text([twoPlaces])
    #expect(json.contains(#""line":4,"column":3,"endLine":4,"endColumn":10"#))
    #expect(
      json.contains(#""notes":[{"message":"first used here","file":"a.md","line":2,"column":1}]"#))
    #expect(
      twoPlaces.gitHubAnnotation(below: "docs/")
        == "::warning file=docs/b.md,line=4,col=3,endLine=4,endColumn=9,title=shadowed-alias::"
        + "taken; take it out%0Adocs/a.md:2:1: first used here")
    let columns = SourceColumns { _ in nil }
    let sarif = DiagnosticsSARIF.text([twoPlaces], version: "1", below: "", columns: columns)
    #expect(
      sarif.contains(#""region":{"startLine":4,"startColumn":3,"endLine":4,"endColumn":10}"#))
    #expect(
      sarif.contains(
        #""relatedLocations":[{"id":0,"message":{"text":"first used here"},"physicalLocation":"#))
    let gitLab = DiagnosticsGitLab.text([twoPlaces], below: "docs/")
    #expect(
      gitLab.contains(
        #""other_locations":[{"path":"docs/a.md","lines":{"begin":2,"end":2}}]"#))
    let excerpt = SourceExcerpt(twoPlaces.location, in: Array("1\n2\n3\n- alias: x\n".utf8))
    #expect(excerpt?.underline == "^~~~~~~")
  }

  @Test("JSON has every field, and counts")
  func json() {
    #expect(
      DiagnosticsJSON.text([diagnostic("a\"\n.md")])
        == #"""
        {"diagnostics":[
        {"severity":"warning","code":"unresolved-link","message":"nothing is called “b”","suggestion":"","file":"a\"\n.md","line":3,"column":5}
        ],"errors":0,"warnings":1,"earlier":0}
        """#)
    #expect(
      DiagnosticsJSON.text([]) == "{\"diagnostics\":[\n],\"errors\":0,\"warnings\":0,\"earlier\":0}"
    )
  }

  @Test(
    "an excerpt puts its caret under the place",
    arguments: [
      ("one\ntwo\nab [[c]]\n", 3, "ab [[c]]", 4), ("one\n\näb [[c]]\r\n", 3, "äb [[c]]", 3),
      ("1\n2\n\t文 [[c]]", 3, " 文 [[c]]", 3), ("1\n2\na\u{1B}[31mb", 3, "a\u{FFFD}[31mb", 4),
    ])
  func excerpt(_ text: String, _ line: Int, _ shown: String, _ width: Int) throws {
    let location = SourceLocation(file: "a", line: line, column: 5)
    let excerpt = try #require(SourceExcerpt(location, in: Array(text.utf8)))
    #expect(excerpt.text == shown)
    #expect(excerpt.indentation == String(repeating: " ", count: width))
  }

  @Test("excerpts of many places in a file are those of each, in order or not")
  func manyPlaces() {
    let file = Array("a\nb\n\nc\n".utf8)
    var start = SourceExcerpt.LineStart()
    for line in [1, 2, 2, 4, 9, 3, 1, 4] {
      let location = SourceLocation(file: "a", line: line, column: 1)
      #expect(
        SourceExcerpt(location, in: file, after: &start) == SourceExcerpt(location, in: file))
    }
  }

  @Test("an excerpt of a long line is cut on both sides")
  func longLine() throws {
    let text = String(repeating: "a", count: 500) + "X" + String(repeating: "b", count: 500)
    let location = SourceLocation(file: "a", line: 1, column: 501)
    let excerpt = try #require(SourceExcerpt(location, in: Array(text.utf8)))
    #expect(excerpt.text.count == 122)
    #expect(excerpt.text.dropFirst(excerpt.indentation.count).first == "X")
  }

  @Test("there is no excerpt of a whole file or its first fence, nor of a line that is not there")
  func noExcerpt() {
    #expect(SourceExcerpt(SourceLocation(file: "a"), in: Array("a".utf8)) == nil)
    #expect(SourceExcerpt(SourceLocation(file: "a", line: 3, column: 1), in: [0x0A]) == nil)
    let post = Array("---\ntitle: A\n---\n\n---\n".utf8)
    #expect(SourceExcerpt(SourceLocation(file: "a", line: 1, column: 1), in: post) == nil)
    #expect(SourceExcerpt(SourceLocation(file: "a", line: 5, column: 1), in: post) != nil)
  }
}
