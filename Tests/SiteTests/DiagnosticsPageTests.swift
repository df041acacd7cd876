import Foundation
import StoaModel
import Testing

@testable import StoaCheck

/// The guide's page of diagnostics, the codes, and the invalid sites agree.
@Suite("The guide's page of diagnostics") struct DiagnosticsPageTests {
  private static let file = SiteCase.root.appendingPathComponent("content/posts/diagnostics.md")

  /// Codes that no site can cause on every machine, with the places of their tests.
  private static let withoutSite: [DiagnosticCode: String] = [
    .unreadableFile:
      "Tests/Commands/test_trouble.py: nobody is refused anything when root runs the tests",
    .unreachableService: "Tests/Intake/test_check_service.py: a site alone has no service",
  ]

  @Test("has one section for each code, under its name, with its severity") func sections() throws {
    let sections = try Self.sections()
    #expect(sections.map(\.name).sorted() == DiagnosticCode.allCases.map(\.rawValue).sorted())
    for section in sections {
      let code = try #require(DiagnosticCode(rawValue: section.name))
      #expect(
        section.text.lowercased().hasPrefix("\n\(code.severity). "), "severity of \(section.name)")
    }
  }

  @Test("shows of each code what a site of Tests/Sites gives") func examples() throws {
    let given = try Self.diagnosticsOfSites()
    var page = try String(contentsOf: Self.file, encoding: .utf8)
    for section in try Self.sections() {
      let lines = given[section.name] ?? []
      if SiteCase.isRecording, !lines.contains(section.example), let first = lines.first {
        page = page.replacing(section.whole, with: section.withExample(first))
        continue
      }
      #expect(section.example.hasSuffix("[\(section.name)]"), "example of \(section.name)")
      if !lines.isEmpty {
        #expect(lines.contains(section.example), "no site gives the example of \(section.name)")
      }
    }
    if SiteCase.isRecording { try Data(page.utf8).write(to: Self.file) }
  }

  @Test("is about codes that have an invalid site, a rule with examples, or a test of their own")
  func sites() throws {
    let shown = try Set(Self.diagnosticsOfSites().keys.compactMap(DiagnosticCode.init))
    let ruled = Set(Rule.all.map(\.code))
    let excused = Set(Self.withoutSite.keys)
    #expect(shown.union(ruled).union(excused) == Set(DiagnosticCode.allCases))
    #expect(shown.intersection(excused).isEmpty)
    let names = Set(SiteCase.all("invalid").map { String($0.name.prefix { $0 != "." }) })
    #expect(names == Set(shown.map(\.rawValue)), "each code has a site of its own name")
  }

  // MARK: The page and the sites

  private struct Section {
    let name: String
    /// The content below the heading, up to the next one.
    let text: String

    var whole: String { "### \(name)\n\(text)" }

    /// The diagnostic in the section's code block.
    var example: String {
      let parts = text.components(separatedBy: "```\n")
      return parts.count > 2 ? String(parts[parts.count - 2].dropLast()) : ""
    }

    func withExample(_ line: String) -> String {
      whole.replacing("```\n\(example)\n```\n", with: "```\n\(line)\n```\n")
    }
  }

  private static func sections() throws -> [Section] {
    let page = try String(contentsOf: file, encoding: .utf8)
    return page.components(separatedBy: "\n### ").dropFirst().map { part in
      let lines = part.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
      let text = lines.last?.components(separatedBy: "\n## ").first ?? ""
      return Section(name: String(lines[0]), text: text)
    }
  }

  /// The recorded diagnostics of all invalid sites, by code; those of the code's own sites first.
  private static func diagnosticsOfSites() throws -> [String: [String]] {
    var own: [String: [String]] = [:]
    var others: [String: [String]] = [:]
    for site in SiteCase.all("invalid") {
      let file = site.folder.appendingPathComponent("diagnostics.txt")
      let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
      for line in lines.dropLast() {
        let code = line.dropLast().split(separator: "[").last.map(String.init) ?? ""
        if site.code?.rawValue == code {
          own[code, default: []].append(String(line))
        } else {
          others[code, default: []].append(String(line))
        }
      }
    }
    return own.merging(others) { $0 + $1 }
  }
}
