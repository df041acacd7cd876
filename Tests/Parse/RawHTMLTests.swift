import StoaModel
import StoaParse
import Testing

@Suite("HTML in markdown") struct RawHTMLTests {
  @Test(
    "that is no element is text",
    arguments: [
      ("type <your name> and <Enter>", "<p>type &lt;your name&gt; and &lt;Enter&gt;</p>\n"),
      ("`x` Map<String, List<Int>>", "<p><code>x</code> Map&lt;String, List&lt;Int&gt;&gt;</p>\n"),
      ("a <x-y z='*b*\n@c'> </HOST> d", "<p>a &lt;x-y z='*b*\n@c'&gt; &lt;/HOST&gt; d</p>\n"),
      ("<HOST>\nis the *name*", "<p>&lt;HOST&gt;\nis the *name*</p>\n"),
      ("- </PORT>\n\n  b", "<ul>\n<li>\n<p>&lt;/PORT&gt;</p>\n<p>b</p>\n</li>\n</ul>\n"),
      ("- a\n  <!X>\n  b", "<ul>\n<li>a\n<p>&lt;!X&gt;</p>\nb</li>\n</ul>\n"),
      ("<!DOCTYPE html>", "<p>&lt;!DOCTYPE html&gt;</p>\n"),
      ("a <?php b ?> <![CDATA[c]]>", "<p>a &lt;?php b ?&gt; &lt;![CDATA[c]]&gt;</p>\n"),
      ("<div\nclass=\"a\n\nb", "&lt;div\nclass=\"a\n\n<p>b</p>\n"),
      (
        "|a|\n|-|\n|<HOST>|",
        "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>&lt;HOST&gt;</td>\n</tr>\n</tbody>\n</table>\n"
      ),
      ("> <HOST>\n> <b>c</b>", "<blockquote>\n<p>&lt;HOST&gt;\n<b>c</b></p>\n</blockquote>\n"),
    ])
  func text(markdown: String, body: String) throws {
    let parsed = parse(markdown)
    #expect(try parsed.document.visibleBody == body)
    #expect(parsed.notices.isEmpty)
  }

  @Test("that is no element is in ids, titles, summaries, counts and alternative texts")
  func facts() throws {
    let headed = document("# Set <HOST>\n\n## Set <b>the</b> <PORT>\n\nb", takesTitle: true)
    #expect(headed.leadingTitle == "Set <HOST>")
    #expect(headed.headings.map(\.text) == ["Set the <PORT>"])
    #expect(headed.headings.map(\.id) == ["set-the-port"])
    let begun = document("<HOST>\nis <b>one</b> &amp; <!-- not two --> all")
    #expect(begun.summary == "<HOST> is one & all")
    #expect(begun.wordCount == 5)
    #expect(document("press <Enter> <b>now</b>").summary == "press <Enter> now")
    guard case .image(_, let words, _, _, _) = document("![press <Enter>](i.png)").slots[0].content
    else {
      Issue.record("not an image")
      return
    }
    #expect(words == "press <Enter>")
    #expect(
      try document("![press <b>Enter</b>](i.png)", as: .response).visibleBody
        == "<p>⟦a0⟧press &lt;b&gt;Enter&lt;/b&gt;⟦z0⟧</p>\n")
  }

  /// The place is marked with `‸` in the input.
  @Test(
    "that is taken out is reported once for a name, at its first place",
    arguments: [
      ("a\n‸<video src=b></video> <video>", "removed-html", "<video> here and in 1 more place"),
      ("> a ‸<iframe>", "removed-html", "<iframe>"),
      ("- <div>\n  ‸<iframe>\n  </div>", "removed-html", "<iframe>"),
      ("<p ‸onclick=\"a\">b</p>", "removed-html", "onclick of <p>"),
      ("# A ‸<video> title", "removed-html", "<video> from words that are plain text"),
      ("![a ‸<kbd>b</kbd>](c.png)", "removed-html", "<kbd> from words that are plain text"),
      ("x ‸<script>a</script> y", "removed-html", "<script> and everything in it"),
      ("the ‸<details> element\n\nb", "unclosed-html", "<details> is left open"),
      ("‸<details>\n\nb", "unclosed-html", "<details> is left open"),
      ("a\n\n‸<!-- b\n\nc", "unclosed-html", "hides what follows"),
      ("write ‸</details> last", "removed-html", "</details>, which closes nothing"),
    ])
  func notices(marked: String, code: String, words: String) throws {
    let parts = marked.split(separator: "‸", omittingEmptySubsequences: false)
    let before = parts[0].split(separator: "\n", omittingEmptySubsequences: false)
    let notices = parse(parts.joined(), takesTitle: true, firstLine: 10).notices
    let notice = try #require(notices.first)
    #expect(notices.count == 1)
    #expect(notice.code.rawValue == code && notice.message.contains(words), "\(notice.message)")
    #expect(notice.line == 9 + before.count)
    #expect(notice.column == (before.last?.utf8.count ?? 0) + 1)
  }

  @Test(
    "that is whole and known is not reported",
    arguments: [
      "<details>\n<summary>a</summary>\n\nb\n\n</details>", "a <!-- b --> c", "<!--\na\n\nb\n-->",
      "<kbd>a</kbd> <br> <a href=\"b\">c</a>", "`<video>` \\<video>", "<ul><li>a<li>b</ul>",
      "<table>\n<tr><td align=\"right\">a</td></tr>\n</table>",
    ]) func silent(markdown: String)
  {
    #expect(parse(markdown).notices.isEmpty)
  }

  @Test("does not take words of other blocks along") func blocks() throws {
    let body = try document("a <script> b\n\nc\n\n</script> d").visibleBody
    #expect(body == "<p>a  b</p>\n<p>c</p>\n<p> d</p>\n")
    #expect(
      try document("the <details> element\n\nb").visibleBody
        == "<p>the </p><details> element</details>\n<p>b</p>\n")
  }

  private func parse(
    _ markdown: String, takesTitle: Bool = false, firstLine: Int = 1
  ) -> ParsedText {
    MarkdownParser.parse(
      MarkdownText(
        .post, bytes: Array(markdown.utf8), firstLine: firstLine, takesTitle: takesTitle))
  }
}

@Suite("Noncharacters") struct NoncharacterTests {
  private static let all = (0..<0x11_0000).compactMap(Unicode.Scalar.init).filter {
    $0.properties.isNoncharacterCodePoint
  }

  @Test("become U+FFFD wherever they stand, written or as a reference") func everywhere() throws {
    #expect(Self.all.count == 66)
    for scalar in Self.all {
      let hex = String(scalar.value, radix: 16)
      for form in [String(Character(scalar)), "&#x\(hex);", "&#\(scalar.value);"] {
        let markdown = """
          # a\(form)b

          ## c\(form)d

          e\(form) *\(form)* [\(form)](/f\(form)g "h\(form)") ![\(form)](i\(form).png "\(form)") `\(form)`

          ```j\(form)
          \(form)
          ```

          <p title="\(form)">\(form) <a href="/k\(form)">l</a> <img src="m\(form)" alt="\(form)">

          |\(form)|
          |-|
          |\(form)|

          <https://n.example/\(form)> [[\(form)]] [^o]

          [^o]: \(form)
          """
        for kind in [MarkdownText.Kind.post, .response] {
          let document = document(markdown, as: kind, takesTitle: true)
          let body = try document.body.load()
          let isUTF8 = String(validating: body, as: UTF8.self) != nil
          #expect(isUTF8, "\(form)")
          var shown = String(decoding: body, as: UTF8.self)
          for slot in document.slots {
            shown += "\(slot)"
            if case .code(_, let text) = slot.content {
              shown += String(decoding: try text.load(), as: UTF8.self)
            }
          }
          shown += document.leadingTitle + document.summary + "\(document.headings)"
          let isClean = !shown.unicodeScalars.contains(where: \.properties.isNoncharacterCodePoint)
          #expect(isClean, "\(form)")
        }
      }
    }
  }
}

@Suite("Merge conflicts") struct ConflictTests {
  @Test(
    "are reported where they begin",
    arguments: [
      ("a\n\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> d", [3]),
      ("<<<<<<< a\nb\n||||||| c\n=======\n>>>>>>> d\n<<<<<<< a\n=======\r\n>>>>>>> d", [1, 6]),
      ("<<<<<<< a\n```\nb\n=======\nc\n```\n>>>>>>> d", [1]),
      ("```\n<<<<<<< a\nb\n=======\nc\n>>>>>>> d\n```", []),
      ("Title\n=======\n\n> > > > > > >\n>>>>>>> a", []),
      ("<<<<<<< a\nb\n>>>>>>> c", []), ("    <<<<<<< a\n    =======\n    >>>>>>> b", []),
      ("<<<<<<<a\n=======\n>>>>>>>b", []), ("<<<<<<< a\n========\n>>>>>>> b", []),
    ])
  func places(markdown: String, lines: [Int]) {
    let parsed = MarkdownParser.parse(MarkdownText(.response, bytes: Array(markdown.utf8)))
    #expect(parsed.notices.filter { $0.code == .conflictMarker }.map(\.line) == lines)
  }
}
