import Foundation
import StoaModel
import StoaParse
import Testing

@Suite("Formulas") struct FormulaTests {
  private func formulas(_ markdown: String, as kind: MarkdownText.Kind = .post) throws -> [String] {
    try document(markdown, as: kind, math: true).slots.compactMap { slot in
      guard case .formula(let source, let form) = slot.content else { return nil }
      let tex = try source.load()
      return String(decoding: form == .block ? tex : form.typed(tex), as: UTF8.self)
    }
  }

  /// Lines of `text <tab> formula <tab> formula …`; another test compares them with pandoc.
  static let table: [(text: String, formulas: [String])] = {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Typeset/dollars.txt")
    let lines = (try? String(contentsOf: file, encoding: .utf8))?.split(separator: "\n") ?? []
    return lines.map { line in
      let parts = line.split(separator: "\t").map {
        $0.replacingOccurrences(of: "␤", with: "\n")
      }
      return (parts[0], Array(parts.dropFirst()))
    }
  }()

  @Test("are found by pandoc's rules", arguments: table)
  func rules(text: String, formulas: [String]) throws {
    // A formula that takes the whole line is a block.
    let isBlock = try document(text, math: true).visibleBody.hasPrefix("⟦c")
    let found = try self.formulas(text).map { isBlock ? "$$\($0)$$" : $0 }
    #expect(found == formulas)
  }

  @Test("have a table of rules") func hasTable() { #expect(Self.table.count > 30) }

  @Test("are slots in their line, which nothing else is read in")
  func slots() throws {
    let text = "a $a_1 * [[b]] * @c_1$ *b*"
    #expect(try document(text, math: true).visibleBody == "<p>a ⟦x0⟧ <em>b</em></p>\n")
    #expect(document(text, math: true).summary == "a $a_1 * [[b]] * @c_1$ b")
  }

  @Test("are text without the setting") func off() throws {
    let text = "a $x$\n\n$$\ny\n$$\n\n```math\nz\n```"
    #expect(try formulas(text) != [])
    #expect(
      try document(text).visibleBody == "<p>a $x$</p>\n<p>$$\ny\n$$</p>\n⟦c0⟧\n")
  }

  @Test(
    "that stand by themselves may have lines that would begin something else",
    arguments: [
      ("$$\nf\n= g\n+ h\n- i\n> 0\n# j\n1. k\n$$", ["\nf\n= g\n+ h\n- i\n> 0\n# j\n1. k\n"]),
      ("$$ a\n===\n b $$\nc", [" a\n===\n b "]),
      ("> $$\n> a\n> > b\n> $$\n", ["\na\n> b\n"]),
      ("- a\n\n  $$\n  + b\n  $$\n- c", ["\n+ b\n"]),
      ("a\n$$b$$\nc", ["b"]),
      ("```math\na\n\nb\n```", ["a\n\nb\n"]),
      // These are not formulas: with an empty line, without an end, empty, or in code.
      ("$$\na\n\nb\n$$", []),
      ("$$\na", []),
      ("$$\n\n$$", []),
      ("    $$\n    a\n    $$", []),
      ("```\n$$\na\n$$\n```", []),
      ("<div>\n$$\na\n$$\n</div>", []),
    ])
  func blocks(markdown: String, formulas: [String]) throws {
    #expect(try self.formulas(markdown) == formulas)
  }

  @Test("stand in all kinds of documents, in links, tables, footnotes and headings, and in no code")
  func places() throws {
    for kind in [MarkdownText.Kind.post, .response, .page, .biography, .description] {
      #expect(
        try formulas("# $a$\n\n[$b$](c) `$d$`\n\n|$e$|\n|-|\n|$f \\| g$|", as: kind).count == 4)
    }
    #expect(try formulas("a[^1]\n\n[^1]: $b$") == ["$b$"])
    #expect(try formulas("a <code>$b$</code> <kbd>$c$</kbd>") == ["$c$"])
    let heading = try #require(document("## On $x^2$", math: true).headings.first)
    #expect(heading.text == "On $x^2$" && heading.id == "on-x2")
    #expect(
      document("# $E$ and *m*\n\na", takesTitle: true, math: true).leadingTitle == "$E$ and m")
  }

  @Test("do not move what stands behind them", arguments: [false, true])
  func lines(smart: Bool) throws {
    let text = "a $b\n= c$ \\[[d]] [[e]] @f\n[g](h) $$i\nj$$ [[k]]\n\n[[l]]"
    let slots = document(text, smartPunctuation: smart, math: true).slots
    let places = slots.map { "\($0.line):\($0.column)" }
    #expect(places == ["1:3", "2:13", "2:19", "3:1", "3:8", "4:5", "6:1"])
  }

  @Test("of a hostile text take linear time")
  func hostile() throws {
    for piece in ["$a ", "$$", "$\\text{", "$$a\n", "$a\\$", "> $$\n", "$`", "$ $"] {
      let start = ContinuousClock.now
      _ = document(String(repeating: piece, count: 20_000), math: true)
      #expect(ContinuousClock.now - start < .seconds(20), "\(piece)")
    }
  }

  @Test("are drawn in posts and pages, and are code in responses") func diagrams() throws {
    let text = "```dot\ndigraph { a -> b }\n```"
    for (kind, isDrawn) in [(MarkdownText.Kind.post, true), (.page, true), (.response, false)] {
      let slot = try #require(document(text, as: kind, diagrams: true).slots.first)
      if case .diagram = slot.content {
        #expect(isDrawn)
      } else {
        #expect(!isDrawn)
      }
    }
    guard case .code = try #require(document(text).slots.first).content else {
      Issue.record("a diagram without the setting")
      return
    }
  }
}
