import Foundation
import StoaCheck
import StoaModel
import Testing

@Suite("Rules") struct RuleTests {
  static let passing = Rule.all.flatMap { rule in rule.passing.map { Case(rule, $0) } }
  static let failing = Rule.all.flatMap { rule in rule.failing.map { Case(rule, $0) } }

  /// An example of a rule; the test output shows the rule's name.
  struct Case: CustomTestStringConvertible, Sendable {
    let rule: Rule
    let example: Example

    init(_ rule: Rule, _ example: Example) {
      self.rule = rule
      self.example = example
    }

    var testDescription: String { rule.code.rawValue }
  }

  @Test("let pass what is sound", arguments: passing)
  func passes(_ one: Case) async throws {
    let community = try MarkedCommunity(one.example)
    let diagnostics = try await community.check()
    #expect(diagnostics.filter { $0.code == one.rule.code || $0.severity == .error } == [])
  }

  @Test("report what is not, at its place", arguments: failing)
  func fails(_ one: Case) async throws {
    let community = try MarkedCommunity(one.example)
    let diagnostics = try await community.check()
    #expect(diagnostics.filter { $0.code == one.rule.code }.map(\.location) == community.marks)
    #expect(diagnostics.filter { $0.severity == .error } == [])
  }

  @Test("are a warning or a note each, with something that mends it")
  func severities() async throws {
    for one in Self.failing {
      // A problem that may be intended is only a note.
      #expect(one.rule.code.severity == .warning || one.rule.code == .guestNamedLikeContributor)
      for diagnostic in try await MarkedCommunity(one.example).check()
      where diagnostic.code == one.rule.code {
        #expect(!diagnostic.suggestion.isEmpty)
      }
    }
  }

  @Test("are listed once each, in the order of their codes, with examples of both kinds")
  func list() {
    let codes = Rule.all.map(\.code.rawValue)
    #expect(codes == Set(codes).sorted())
    #expect(Rule.all.allSatisfy { !$0.passing.isEmpty && !$0.failing.isEmpty })
  }

  @Test("are all in the guide")
  func guide() throws {
    let guide = URL(fileURLWithPath: #filePath)
      .appendingPathComponent("../../../content/posts/checking.md").standardized
    let text = try String(contentsOf: guide, encoding: .utf8)
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("| `") }
      .map { $0.dropFirst(3).prefix { $0 != "`" } }
    #expect(rows.map(String.init) == Rule.all.map(\.code.rawValue))
  }

  @Test("have the level that stoa.yml gives them", arguments: ["error", "off"])
  func levels(_ level: String) async throws {
    let example: Example = [
      "stoa.yml": "title: Bells\nrules:\n  heading-jump: \(level)\n",
      "content/posts/a.md":
        "---\ntitle: A bell\nauthor: Maren\ndate: 2026-03-04\n---\n\n#### Tin\n",
    ]
    let diagnostics = try await MarkedCommunity(example).check()
    #expect(diagnostics.map { "\($0.severity)" } == (level == "off" ? [] : [level]))
  }

  @Test("never speak of what the audience does not see")
  func audiences() async throws {
    let example: Example = [
      "stoa.yml": "title: Bells\naudiences: [team, public]\ndefault-audience: public\n",
      "content/posts/a/index.md":
        "---\ntitle: A bell\nauthor: Maren Holt\ndate: 2026-03-04\ntopics: [Facilitation]\n---\n\nText.\n",
      "content/posts/b/index.md":
        "---\ntitle: A bell\nauthor: Maren Hotl\ndate: 2026-03-05\ntopics: [Facilitaton]\n"
        + "audience: team\n---\n\n#### Tin\n\n![](a.png)\n",
      "content/posts/b/a.png": "", "content/posts/b/b.png": "",
    ]
    let community = try MarkedCommunity(example)
    #expect(try await community.check(audience: "public") == [])
    let rules = Set(Rule.all.map(\.code))
    let codes = Set(try await community.check().map(\.code)).intersection(rules)
    #expect(codes.count == 6)
  }
}
