import StoaModel
import StoaParse
import Testing

@Suite("A parsed body") struct BodyTests {
  @Test(
    "of a post has a slot for whatever is decided later",
    arguments: [
      (
        "See [the *post*](../b.md \"T\") and ![a *b*](i.png).",
        "<p>See ⟦a0⟧the <em>post</em>⟦z0⟧ and ⟦i1⟧.</p>\n"
      ),
      ("[![alt](i.png)](b)", "<p>⟦a0⟧⟦i1⟧⟦z0⟧</p>\n"),
      (
        "www.example.com and a@b.example",
        "<p>⟦a0⟧www.example.com⟦z0⟧ and ⟦a1⟧a@b.example⟦z1⟧</p>\n"
      ),
      ("```swift x\nlet a = 1\n```\n\n    b", "⟦c0⟧\n⟦c1⟧\n"),
      ("- a\n\n  ```\n  b\n  ```", "<ul>\n<li>\n<p>a</p>\n⟦c0⟧\n</li>\n</ul>\n"),
      ("[[slug]] [[a b|L & x]]", "<p>⟦a0⟧⟦t0⟧⟦z0⟧ ⟦a1⟧L &amp; x⟦z1⟧</p>\n"),
      (
        "*[[a]]* `[[b]]` [[[c]]](d)",
        "<p><em>⟦a0⟧⟦t0⟧⟦z0⟧</em> <code>[[b]]</code> ⟦a1⟧[[c]]⟦z1⟧</p>\n"
      ),
      ("****a** *b***", "<p><strong>a <em>b</em></strong></p>\n"),
      ("[[]] [[ | ]] [[a [[b]]", "<p>[[]] [[ | ]] [[a ⟦a0⟧⟦t0⟧⟦z0⟧</p>\n"),
      (
        "|a|\n|-|\n|[[x\\|y]] @z|",
        "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n"
          + "<td>⟦a0⟧y⟦z0⟧ ⟦m1⟧</td>\n</tr>\n</tbody>\n</table>\n"
      ),
    ])
  func slots(markdown: String, body: String) throws {
    #expect(try document(markdown).visibleBody == body)
  }

  @Test(
    "has mentions where a handle is meant",
    arguments: [
      ("@a, @b-c. (@d_e)", ["a", "b-c", "d_e"]),
      ("@анна @नमस्ते", ["анна", "नमस्ते"]),
      ("x@y x.@y /@y @@y é@y", []),
      ("*x*@y `@z` [@w](q) <a>@v</a>", []),
      ("@ @. @- @_a", []),
      ("\"@a\"", ["a"]),
    ])
  func mentions(markdown: String, handles: [String]) throws {
    let found = document(markdown).slots.compactMap { slot -> String? in
      guard case .mention(let handle) = slot.content else { return nil }
      return handle
    }
    #expect(found == handles)
  }

  @Test(
    "of a response shows raw HTML as text, images as links, and headings low and without ids",
    arguments: [
      ("a <b>c</b>", "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n"),
      ("<div>\n*a*\n</div>", "<p>&lt;div&gt;\n*a*\n&lt;/div&gt;</p>\n"),
      ("![alt & x](i.png)", "<p>⟦a0⟧alt &amp; x⟦z0⟧</p>\n"),
      ("![](i.png)", "<p>⟦a0⟧i.png⟦z0⟧</p>\n"),
      ("[![alt](i.png)](b)", "<p>⟦a0⟧alt⟦z0⟧</p>\n"),
      ("# a\n## b\n### c\n###### d", "<h4>a</h4>\n<h5>b</h5>\n<h6>c</h6>\n<h6>d</h6>\n"),
    ])
  func responses(markdown: String, body: String) throws {
    let document = document(markdown, as: .response)
    #expect(try document.visibleBody == body)
    #expect(document.headings.isEmpty)
  }

  @Test("has alerts with titles in the theme's words") func alerts() throws {
    let note = document("> [!Note]\n> Text.\n>\n> - a")
    #expect(
      try note.visibleBody == """
        <div class="alert alert-note">
        <p class="alert-title">⟦w0⟧</p>
        <p>Text.</p>
        <ul>
        <li>a</li>
        </ul>
        </div>

        """)
    guard case .word("alert-note") = try #require(note.slots.first).content else {
      Issue.record("not a word")
      return
    }
    #expect(
      try document("> [!TIP]\n>\n> a").visibleBody == """
        <div class="alert alert-tip">
        <p class="alert-title">⟦w0⟧</p>
        <p>a</p>
        </div>

        """)
    for plain in ["> \\[!NOTE] a", "> [!]\n> a", "> [!a b]\n> a", "> a\n> [!NOTE]"] {
      #expect(try document(plain).visibleBody.hasPrefix("<blockquote>"))
    }
  }

  @Test(
    "has alerts with titles of their author's, which may fold",
    arguments: [
      (
        "> [!note]  My *own* `title`\n> Body.",
        "<div class=\"alert alert-note\">\n<p class=\"alert-title\">My <em>own</em> "
          + "<code>title</code></p>\n<p>Body.</p>\n</div>\n"
      ),
      (
        "> [!bug]-\n> Body.",
        "<details class=\"alert alert-caution\">\n<summary class=\"alert-title\">⟦w0⟧</summary>\n"
          + "<p>Body.</p>\n</details>\n"
      ),
      (
        "> [!FAQ]+ [[x]] @a\n>\n> Body.",
        "<details class=\"alert alert-important\" open=\"\">\n<summary class=\"alert-title\">"
          + "⟦a0⟧⟦t0⟧⟦z0⟧ ⟦m1⟧</summary>\n<p>Body.</p>\n</details>\n"
      ),
      (
        "> [!splice]\n> Body.",
        "<div class=\"alert alert-note\">\n<p class=\"alert-title\">splice</p>\n<p>Body.</p>\n</div>\n"
      ),
      (
        "> [!tip] `a`",
        "<div class=\"alert alert-tip\">\n<p class=\"alert-title\"><code>a</code></p>\n</div>\n"
      ),
    ])
  func titledAlerts(markdown: String, body: String) throws {
    for kind in [MarkdownText.Kind.post, .response] {
      #expect(try document(markdown, as: kind).visibleBody == body)
    }
  }

  @Test(
    "has wikilinks whose words are of several pieces",
    arguments: [
      ("[[a|`b`]] c", "<p>⟦a0⟧<code>b</code>⟦z0⟧ c</p>\n", "a"),
      ("[[a|x **b** y]]", "<p>⟦a0⟧x <strong>b</strong> y⟦z0⟧</p>\n", "a"),
      ("[[a#The `b` c]]", "<p>⟦a0⟧⟦t0⟧⟦z0⟧</p>\n", "a#The b c"),
      ("[[a `b` c|d `e`]] [[f]]", "<p>⟦a0⟧d <code>e</code>⟦z0⟧ ⟦a1⟧⟦t1⟧⟦z1⟧</p>\n", "a b c"),
      ("[[long\ntitle]] @x", "<p>⟦a0⟧⟦t0⟧⟦z0⟧ ⟦m1⟧</p>\n", "long title"),
      ("*a [[b|c\nd @x]] e*", "<p><em>a ⟦a0⟧c\nd @x⟦z0⟧ e</em></p>\n", "b"),
      ("## [[a|`b`]] c", "<h2 id=\"b-c\">⟦a0⟧<code>b</code>⟦z0⟧ c</h2>\n", "a"),
      ("[[*a*|b]]", "<p>⟦a0⟧b⟦z0⟧</p>\n", "a"),
      ("[[a|**b**]][[c|`d`]]", "<p>⟦a0⟧<strong>b</strong>⟦z0⟧⟦a1⟧<code>d</code>⟦z1⟧</p>\n", "a"),
    ])
  func splitWikilinks(markdown: String, body: String, target: String) throws {
    let document = document(markdown)
    #expect(try document.visibleBody == body)
    guard case .wikilink(target, _) = document.slots[0].content else {
      Issue.record("\(document.slots[0].content)")
      return
    }
  }

  @Test("has footnotes in order of first reference, with ids that two texts on a page can share")
  func footnotes() throws {
    let markdown = "a[^x] b[^y] c[^x] d[^z]\n\n[^y]: Y\n[^unused]: U\n[^x]: X\n\n        code"
    #expect(
      try document(markdown, as: .response, footnotePrefix: "r7").visibleBody == """
        <p>a<sup id="fnref-r7-1" class="footnote-ref"><a href="#fn-r7-1">1</a></sup> \
        b<sup id="fnref-r7-2" class="footnote-ref"><a href="#fn-r7-2">2</a></sup> \
        c<sup id="fnref-r7-1_2" class="footnote-ref"><a href="#fn-r7-1">1</a></sup> d[^z]</p>
        <div class="footnotes">
        <ol>
        <li id="fn-r7-1">
        <p>X</p>
        ⟦c0⟧
        <p>⟦f1⟧ ⟦f2⟧</p>
        </li>
        <li id="fn-r7-2">
        <p>Y ⟦f3⟧</p>
        </li>
        </ol>
        </div>

        """)
  }

  @Test(
    "has no control byte of its author's",
    arguments: [
      "&#1;a0&#2;", "`\u{1}a0\u{2}`", "[a&#1;](b&#1;c \"&#3;\")", "```&#1;\n\u{1}c0\u{2}\n```",
      "<p title=\"\u{3}\">\u{1}</p>", "a <b title=\"\u{1}\">", "![&#2;](\u{1}x)", "[[a\u{1}]]",
      "# &#3;\u{2}",
    ])
  func controlBytes(markdown: String) throws {
    let document = document(markdown)
    let body = try document.visibleBody
    for mark in ["a", "z", "c", "i", "t"] {
      let tokens = body.components(separated: "⟦\(mark)").count - 1
      #expect(tokens <= document.slots.count)
    }
    #expect(!body.contains("⁝"))
    let content = "\(document.slots) \(document.headings)"
    #expect(!content.unicodeScalars.contains { $0.value < 0x20 })
  }

  @Test("ends lines as Unix does") func lineEnds() throws {
    let document = document("a\r\nb\r\n\r\n    c\r\n    d\r\n")
    #expect(try document.visibleBody == "<p>a\nb</p>\n⟦c0⟧\n")
    guard case .code("", let text) = document.slots[0].content else {
      Issue.record("not code")
      return
    }
    #expect(try text.load() == Array("c\nd\n".utf8))
  }

  @Test("is refused when it is nested too deep, with the line") func nesting() {
    let deep = "ok\n\n" + String(repeating: "> ", count: 101) + "a"
    let parsed = MarkdownParser.parse(MarkdownText(.post, bytes: Array(deep.utf8), firstLine: 5))
    #expect(parsed.problem == TextProblem(.nestedTooDeep, line: 7))
    let shallow = String(repeating: "> ", count: 99) + "a"
    #expect(MarkdownParser.parse(MarkdownText(.post, bytes: Array(shallow.utf8))).problem == nil)
  }
}

extension String {
  fileprivate func components(separated separator: String) -> [Substring] {
    split(separator: separator, omittingEmptySubsequences: false)
  }
}
