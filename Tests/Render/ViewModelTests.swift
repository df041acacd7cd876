import Foundation
import StoaAddresses
import StoaTemplates
import StoaTheme
import Testing

@testable import StoaRender

/// The view model in the guide, and the default theme checked against it.
@Suite struct ViewModelTests {
  static let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../content/posts/view-model.md").standardizedFileURL

  /// `STOA_RECORD=1 swift test --filter ViewModelTests` rewrites the tables.
  @Test func isWhatTheGuideSays() throws {
    let text = try String(contentsOf: Self.page, encoding: .utf8)
    let start = try #require(text.range(of: "## Every page\n")).lowerBound
    if ProcessInfo.processInfo.environment["STOA_RECORD"] != nil {
      try (text[..<start] + ViewModelDocument.text).write(
        to: Self.page, atomically: true, encoding: .utf8)
    }
    #expect(text[start...] == ViewModelDocument.text)
  }

  @Test func givesEveryPartANameOfItsOwn() {
    let headings = ViewModelDocument.text.split(separator: "\n").filter { $0.hasPrefix("### ") }
    #expect(Set(headings).count == headings.count)
  }

  @Test func hasADocumentationForEveryField() {
    let rows = ViewModelDocument.text.split(separator: "\n").filter { $0.hasPrefix("| `") }
    #expect(rows.count > 150)
    for row in rows { #expect(!row.hasSuffix("|  |"), "\(row)") }
  }

  @Test(arguments: PageKind.allCases) func isOfTheKindThatNamesIt(_ kind: PageKind) {
    #expect(kind.view.kind == kind)
  }

  @Test func isAllThatTheDefaultThemeNames() throws {
    var templates: [String: Template] = [:]
    for (name, bytes) in DefaultTheme.files where name.hasSuffix(".mustache") {
      templates[String(name.dropLast(".mustache".count))] = try Template(
        bytes, file: "templates/\(name)")
    }
    let strings = try Strings(
      language: "en",
      files: [("templates/strings/en.yml", try #require(DefaultTheme.files["strings/en.yml"]))])
    var checker = ThemeChecker(Theme(templates), declared: ["strings": strings.table])
    for kind in PageKind.allCases { checker.check(kind.row.template, for: kind.view.table) }
    #expect(checker.diagnostics.isEmpty)
    #expect(checker.reached == Set(templates.keys))
    for kind in PageKind.allCases { #expect(templates[kind.row.template] != nil, "\(kind)") }
  }
}
