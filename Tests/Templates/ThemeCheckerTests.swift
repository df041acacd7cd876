import StoaHTML
import StoaModel
import Testing

@testable import StoaTemplates

/// The checker's diagnostics before anything is rendered.
@Suite struct ThemeCheckerTests {
  static let person = FieldTable("person", [.init("name", .text, ""), .init("url", .text, "")])

  static let response: FieldTable = FieldTable(
    "response",
    [
      .init("fragment", .text, ""), .init("body", .html, ""),
      .init("person", .record { person }, ""), .init("isAnswer", .flag, ""),
      .init("responses", .list(of: .record { response }), ""),
    ])

  static let page = FieldTable(
    "page",
    [
      .init("title", .text, ""), .init("body", .html, ""), .init("badges", .list(of: .text), ""),
      .init("responses", .list(of: .record { response }), ""), .init("strings", .any, ""),
      .init("x", .any, ""),
    ])

  private func check(_ templates: [String: String]) throws -> [String] {
    var parsed: [String: Template] = [:]
    for (name, text) in templates {
      parsed[name] = try Template(Array(text.utf8), file: "templates/\(name).mustache")
    }
    let strings = FieldTable("strings", [.init("reply", .text, "")])
    var checker = ThemeChecker(Theme(parsed), declared: ["strings": strings])
    checker.check("page", for: Self.page)
    return checker.diagnostics.map(\.description)
  }

  @Test(arguments: [
    "{{title}} {{{body}}} {{strings.reply}}",
    "{{#badges}}{{.}}{{/badges}}",
    "{{#responses}}{{fragment}} {{title}} {{#person}}{{name}}{{/person}} {{person.name}}{{/responses}}",
    "{{#responses}}{{#isAnswer}}{{fragment}}{{/isAnswer}}{{^isAnswer}}{{fragment}}{{/isAnswer}}{{/responses}}",
    "{{x.station}} {{#x.stations}}{{.}}{{/x.stations}} {{#x}}{{station}}{{/x}}",
    "{{#title}}{{.}}{{/title}}",
  ]) func acceptsWhatIsThere(_ text: String) throws {
    #expect(try check(["page": text]).isEmpty)
  }

  @Test(arguments: [
    (
      "line\n  {{tilte}}",
      "2:3: error: nothing is called “tilte” here; did you mean “title”? [unknown-name]"
    ),
    ("{{fragment}}", "1:1: error: nothing is called “fragment” here [unknown-name]"),
    (
      "{{#responses}}{{#person}}{{nmae}}{{/person}}{{/responses}}",
      "1:26: error: nothing is called “nmae” here; did you mean “name”? [unknown-name]"
    ),
    (
      "{{#respones}}{{/respones}}",
      "1:1: error: nothing is called “respones” here; did you mean “responses”? [unknown-name]"
    ),
    (
      "{{^respones}}{{/respones}}",
      "1:1: error: nothing is called “respones” here; did you mean “responses”? [unknown-name]"
    ),
    ("{{responses.fragment}}", "1:1: error: nothing is called “fragment” here [unknown-name]"),
    (
      "{{strings.rply}}",
      "1:1: error: nothing is called “rply” here; did you mean “reply”? [unknown-name]"
    ),
    (
      "{{responses}}",
      "1:1: error: “responses” is a record, and has no text of its own; write {{#responses}}…{{/responses}} [unknown-name]"
    ),
    (
      "{{#responses}}{{isAnswer}}{{/responses}}",
      "1:15: error: “isAnswer” is true or false, and has no text; write {{#isAnswer}}…{{/isAnswer}} [unknown-name]"
    ),
    (
      "{{{title}}}",
      "1:1: error: “title” is text and must not be written as HTML; write {{title}} [raw-text]"
    ),
    (
      "{{{strings.reply}}}",
      "1:1: error: “strings.reply” is text and must not be written as HTML; write {{strings.reply}} [raw-text]"
    ),
    (
      "{{{x.y}}}",
      "1:1: error: “x.y” is text and must not be written as HTML; write {{x.y}} [raw-text]"
    ),
    (
      "{{body}}",
      "1:1: error: “body” is HTML, and two braces would show its tags; write {{{body}}} [raw-text]"
    ),
    (
      "a {{> _thraed}}",
      "1:3: error: there is no template “_thraed”; put a file _thraed.mustache into templates/ [unknown-partial]"
    ),
    (
      "{{<bsae}}{{/bsae}}",
      "1:1: error: there is no template “bsae”; put a file bsae.mustache into templates/ [unknown-partial]"
    ),
  ]) func reportsWhatIsNot(_ text: String, _ expected: String) throws {
    #expect(try check(["page": text]) == ["templates/page.mustache:" + expected])
  }

  @Test func looksIntoPartialsFromEachPlaceThatIncludesThem() throws {
    let found = try check([
      "page": "{{> one}}{{#responses}}{{> one}}{{/responses}}", "one": "{{title}}\n{{fragment}}",
    ])
    #expect(
      found == [
        "templates/one.mustache:2:1: error: nothing is called “fragment” here [unknown-name]"
      ])
  }

  @Test func looksIntoBlocksWhereTheParentPutsThem() throws {
    let found = try check([
      "page": "{{<base}}{{$main}}{{fragment}}{{zzzzz}}{{/main}}{{/base}}",
      "base": "{{#responses}}{{$main}}{{nothing}}{{/main}}{{/responses}}",
    ])
    #expect(
      found == [
        "templates/page.mustache:1:31: error: nothing is called “zzzzz” here [unknown-name]"
      ])
  }

  @Test func endsOnAThreadThatHoldsItself() throws {
    let found = try check([
      "page": "{{#responses}}{{> one}}{{/responses}}",
      "one": "{{fragment}}{{#responses}}{{> one}}{{/responses}}",
    ])
    #expect(found.isEmpty)
  }

  @Test(
    "lets a partial include itself where each level goes deeper",
    arguments: [
      "{{#responses}}{{> one}}{{/responses}}",
      "{{#responses}}{{> two}}{{/responses}}",
      "{{#responses}}{{#fragment}}{{> one}}{{/fragment}}{{/responses}}",
      "{{#fragment}}{{#responses}}{{> one}}{{/responses}}{{/fragment}}",
      "{{#isAnswer}}{{#responses}}{{> two}}{{/responses}}{{/isAnswer}}",
      "{{#person}}{{#responses}}{{> one}}{{/responses}}{{/person}}",
    ]) func acceptsWhatEnds(_ text: String) throws
  {
    let found = try check([
      "page": "{{#responses}}{{> one}}{{/responses}}", "one": text, "two": "{{> one}}",
    ])
    #expect(found.isEmpty)
  }

  @Test(
    "finds what includes itself without end",
    arguments: [
      ("{{> one}}", "one.mustache:1:1", "“one”"), ("a\n {{> one}}", "one.mustache:2:2", "“one”"),
      ("{{> two}}", "two.mustache:1:1", "“one”"), ("{{<one}}{{/one}}", "one.mustache:1:1", "“one”"),
      ("{{#isAnswer}}{{> one}}{{/isAnswer}}", "one.mustache:1:14", "“one”"),
      ("{{^isAnswer}}{{> one}}{{/isAnswer}}", "one.mustache:1:14", "“one”"),
      ("{{#fragment}}{{> one}}{{/fragment}}", "one.mustache:1:14", "“one”"),
      ("{{#badges}}{{> one}}{{/badges}}", "one.mustache:1:12", "“one”"),
      ("{{#x.y}}{{> one}}{{/x.y}}", "one.mustache:1:9", "“one”"),
      ("{{#strings}}{{> one}}{{/strings}}", "one.mustache:1:13", "“one”"),
      (
        "{{#responses}}{{> one}}{{/responses}}{{#title}}{{> one}}{{/title}}", "one.mustache:1:48",
        "“one”"
      ),
      (
        "{{<base}}{{$main}}a{{$main}}b{{/main}}{{/main}}{{/base}}", "one.mustache:1:20",
        "the block “main”"
      ),
      ("{{<base}}{{$main}}{{<one}}{{/one}}{{/main}}{{/base}}", "one.mustache:1:19", "“one”"),
    ]) func reportsWhatDoesNotEnd(_ text: String, _ place: String, _ what: String) throws
  {
    let found = try check([
      "page": "{{#responses}}{{> one}}{{/responses}}", "one": text, "two": "{{> one}}",
      "base": "{{$main}}{{/main}}",
    ])
    #expect(
      found == [
        "templates/\(place): error: \(what) includes itself through this tag, without end; "
          + "put the tag into a section over the list of each level, such as {{#responses}} [partial-cycle]"
      ])
  }

  @Test func nestsOnlyAHundredDeep() {
    let text = String(repeating: "{{#title}}", count: 1_000)
    #expect(throws: TemplateProblem.self) { try Template(Array(text.utf8), file: "") }
  }

  @Test func renderingStopsWhereTheCheckerDidNotSeeTheEnd() throws {
    for text in ["{{> one}}", "{{<base}}{{$main}}{{$main}}{{/main}}{{/main}}{{/base}}"] {
      let theme = Theme([
        "one": try Template(Array(text.utf8), file: "one"),
        "base": try Template(Array("{{$main}}{{/main}}".utf8), file: "base"),
      ])
      var buffer = ByteBuffer()
      #expect(throws: TemplateProblem.self) {
        try theme.render("one", Record(FieldTable("none", []), []), into: &buffer)
      }
    }
  }

  @Test func knowsWhichTemplatesArePartOfAPage() throws {
    let parsed = try ["page": "{{> one}}", "one": "", "two": ""].mapValues {
      try Template(Array($0.utf8), file: "")
    }
    var checker = ThemeChecker(Theme(parsed))
    checker.check("page", for: Self.page)
    #expect(checker.reached == ["page", "one"])
  }
}
