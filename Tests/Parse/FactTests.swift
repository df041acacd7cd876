import StoaModel
import StoaParse
import Testing

@Suite("What is known of a text") struct FactTests {
  @Test("headings have GitHub's ids, and none that the page uses") func headings() {
    let markdown = """
      # Top *one*

      ## Ça & va_1

      ## Twice

      ## Twice

      ## twice-1

      ### Main

      #### !!!

      ## response-7

      ## 日本 語
      """
    let headings = document(markdown).headings
    #expect(
      headings.map(\.id) == [
        "top-one", "ça--va_1", "twice", "twice-1", "twice-1-1", "main-section", "section",
        "response-7-section", "日本-語",
      ])
    #expect(headings.map(\.level) == [2, 2, 2, 2, 2, 3, 4, 2, 2])
    #expect(headings[0].text == "Top one")
  }

  @Test("a level-1 heading at the top is the title when there is no other") func leadingTitle()
    throws
  {
    let markdown = "# The [title](x) @a\n\n# Two [b](c)"
    let titled = document(markdown, takesTitle: true)
    #expect(titled.leadingTitle == "The title @a")
    #expect(try titled.visibleBody == "<h2 id=\"two-b\">Two ⟦a0⟧b⟦z0⟧</h2>\n")
    #expect(document(markdown).leadingTitle.isEmpty)
    #expect(document("a\n\n# b", takesTitle: true).leadingTitle.isEmpty)
    #expect(document("## b", takesTitle: true).leadingTitle.isEmpty)
  }

  @Test("comments may stand before the heading that is the title") func titleBehindComments() {
    #expect(document("<!-- a -->\n\n<!-- b\n- c -->\n# T", takesTitle: true).leadingTitle == "T")
    #expect(document("<!-- a --> b\n\n# T", takesTitle: true).leadingTitle.isEmpty)
  }

  @Test("heading ids are the same with and without smart punctuation") func smartIds() {
    let markdown =
      "# It's -- a\n\n## `--x` and --y\n\n## \"So\"...\n\n## a – b --- c\n\n## a – b --- c"
    let plain = document(markdown, takesTitle: true).headings
    let smart = document(markdown, takesTitle: true, smartPunctuation: true).headings
    #expect(smart.map(\.id) == plain.map(\.id))
    #expect(plain.map(\.id) == ["--x-and---y", "so", "a--b-----c", "a--b-----c-1"])
    #expect(smart.map(\.text) != plain.map(\.text))
  }

  @Test("nothing leads back to a footnote's reference that is not there") func footnotesOfTitles()
    throws
  {
    let document = document("# T[^a]\n\n[x[^a]](y)\n\n[^a]: A", takesTitle: true)
    let body = try document.visibleBody
    #expect(body.contains("x<sup id=\"fnref-1\" class=\"footnote-ref\">1</sup>"))
    let anchors = document.slots.compactMap { slot -> String? in
      guard case .backLink(let anchor, _) = slot.content else { return nil }
      return anchor
    }
    #expect(anchors == ["fnref-1"])
  }

  @Test(
    "the summary is the first paragraph as plain text",
    arguments: [
      ("# T\n\na *b*\n  `c` [d](e)\n\nf", "a b c d"),
      ("![image](a.png)\n\ntext", "text"),
      ("> [!NOTE]\n> not me\n\nbut me", "but me"),
      ("- list\n\npara", "para"),
      ("a&nbsp;b &amp; c", "a\u{A0}b & c"),
      ("", ""),
    ])
  func summary(markdown: String, summary: String) {
    #expect(document(markdown).summary == summary)
  }

  @Test(
    "words are counted as readers count them",
    arguments: [
      ("one two\nthree", 3), ("# a\n\n- b\n- c d", 4), ("日本語 abc", 4), ("東京tower", 3),
      ("ひらカタ", 4), ("a — b", 3), ("```\ncode here\n```", 0), ("| a b |\n| - |\n| c |", 3),
    ])
  func words(markdown: String, count: Int) {
    #expect(document(markdown).wordCount == count)
  }

  @Test("a slot has the sentence around it when it leads to something of the site") func context() {
    func contexts(_ markdown: String) -> [String] { document(markdown).slots.map(\.context) }
    #expect(contexts("First. See *[a](b)* now! Last.") == ["See a now!"])
    #expect(contexts("[a](https://b.example) [c](mailto:d)") == ["", ""])
    #expect(contexts("甲。乙[[丙|己]]丁。戊") == ["乙己丁。"])
    #expect(contexts("One\ntwo @x. Three") == ["One two @x."])
    let long =
      String(repeating: "word ", count: 100) + "[[here]]" + String(repeating: " more", count: 100)
    let context = contexts(long)[0]
    #expect(context.unicodeScalars.count <= 240)
    #expect(context.hasPrefix("…word ") && context.hasSuffix(" more…"))
    #expect(context.contains("word \u{1}t0\u{2} more"))
  }

  @Test("a wikilink without words is a slot in plain text, and what was typed in headings")
  func slots() {
    let text = document(
      "# See [[a]]\n\nTo [[b]], [[c|d]] and [[Dr. E]]. Then [[f]].", takesTitle: true)
    #expect(text.leadingTitle == "See a")
    #expect(text.summary == "To \u{1}t0\u{2}, d and \u{1}t2\u{2}. Then \u{1}t3\u{2}.")
    let sentence = "To \u{1}t0\u{2}, d and \u{1}t2\u{2}."
    #expect(text.slots.map(\.context) == [sentence, sentence, sentence, "Then \u{1}t3\u{2}."])
    #expect(text.wordCount == 8)
  }

  @Test("a sentence is never cut within a slot", arguments: 0..<12) func wholeSlots(shift: Int) {
    let links = String(repeating: "[[a]]", count: 300)
    let text = document(String(repeating: "b", count: shift) + links)
    for slot in text.slots {
      let marks = slot.context.utf8.filter { $0 == 0x01 || $0 == 0x02 }
      #expect(marks == (0..<marks.count).map { $0 % 2 == 0 ? 0x01 : 0x02 })
    }
  }

  /// The place is marked with `‸` in the input.
  @Test(
    "a slot has the place in its file",
    arguments: [
      "‸[[a]]", "x\ny ‸[[a]]", "> x\n> y ‸@a", "- a\n\n   b ‸@c", "x `[[a]]` ‸[[a]]",
      "x\n   y *z* ‸[a](b)", "| a |\n| - |\n| ‸[[b]] |", "x\ny ‸https://a.example z",
      "`a\nb` ‸@c", "x é ‸![a](b)", "> - x\n>   y ‸[a\n>   b](c)", "&amp; &amp; \\* ‸@a",
    ])
  func places(marked: String) throws {
    let parts = marked.split(separator: "‸", omittingEmptySubsequences: false)
    let before = parts[0].split(separator: "\n", omittingEmptySubsequences: false)
    let slot = try #require(document(parts.joined(), firstLine: 10).slots.first)
    #expect(slot.line == 9 + before.count)
    #expect(slot.column == (before.last?.utf8.count ?? 0) + 1)
  }

  @Test("a wikilink keeps its target as typed") func targets() throws {
    let slots = document("[[ A Title |x]] [[topic:trust]] [[@me]] [[a#b]]").slots
    let targets = slots.compactMap { slot -> String? in
      guard case .wikilink(let target, let hasLabel) = slot.content else { return nil }
      return "\(target) \(hasLabel)"
    }
    #expect(targets == ["A Title true", "topic:trust false", "@me false", "a#b false"])
  }

  @Test("a wikilink's target is as typed where punctuation is made smart") func smartTargets()
    throws
  {
    let document = document(
      "\"Quoted\" -- [[Don't -- stop]] and\n[[It's]].", smartPunctuation: true)
    let targets = document.slots.compactMap { slot -> String? in
      guard case .wikilink(let target, false) = slot.content else { return nil }
      return target
    }
    #expect(targets == ["Don't -- stop", "It's"])
    #expect(document.slots.map(\.column) == [13, 1])
    #expect(try document.visibleBody == "<p>“Quoted” – ⟦a0⟧⟦t0⟧⟦z0⟧ and\n⟦a1⟧⟦t1⟧⟦z1⟧.</p>\n")
  }
}
