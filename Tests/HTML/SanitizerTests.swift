import StoaHTML
import StoaTestSupport
import Testing

@Suite("The sanitiser") struct SanitizerTests {
  @Test(
    "keeps what is listed",
    arguments: [
      "<p>a <em>b</em> <kbd>c</kbd> &amp; &eacute; &#233;</p>",
      "<details open=\"\"><summary>s</summary><p>t</p></details>",
      "<table><caption>c</caption><thead><tr><th>a</th></tr></thead><tbody><tr><td colspan=\"2\">b</td></tr></tbody></table>",
      "<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>",
      "<dl><div><dt>a</dt><dd>b</dd></div></dl>",
      "<p dir=\"rtl\" lang=\"he\">א</p>",
      "<ol start=\"-3\" reversed=\"\"><li>a</li></ol>",
      "<time datetime=\"2026-01-01T10:00:00+02:00\">t</time>",
      "<input type=\"checkbox\" checked=\"\" disabled=\"\">",
      "<a href=\"https://example.com/a?b=1&amp;c=2\">x</a>",
      "<img src=\"a.png\" alt=\"b &amp; &quot;c&quot;\">",
      "<abbr title=\"it&#39;s\">a</abbr>", "a<br>b<wbr>c<hr>",
    ])
  func keeps(html: String) {
    #expect(sanitised(html) == html)
  }

  @Test("copies every byte of text or escapes it, wherever it stands")
  func copiesText() {
    let escaped: [UInt8: String] = [0x26: "&amp;", 0x3C: "&lt;", 0x3E: "&gt;"]
    for byte in UInt8(0)...0x7F where byte != 0x01 {
      let isKept = byte >= 0x20 || byte == 0x09 || byte == 0x0A
      let shown = isKept ? escaped[byte] ?? String(UnicodeScalar(byte)) : ""
      for place in 0...17 {
        let (before, after) = (String(repeating: "é", count: place), " a >\n")
        let html = before + String(UnicodeScalar(byte)) + after
        #expect(sanitised(html) == before + shown + " a &gt;\n")
      }
    }
  }

  @Test(
    "leaves out what is not",
    arguments: [
      ("a<script>alert(1)</script>b", "ab"),
      ("a<STYLE>p{}</sTyle >b", "ab"),
      ("a<script>b", "ab"),
      ("<script>a</script><script>b", "b"),
      ("<script>a</scripty>b</script/x>c", "c"),
      ("<p onclick=\"x\" style=\"y\" class=\"alert\" id=\"main\">a</p>", "<p>a</p>"),
      ("<svg onload=x><title>a</title></svg>", "a"),
      ("<form action=x><input name=y><button>a</button></form>", "a"),
      ("<iframe src=x></iframe><object></object><base href=x>a", "a"),
      ("a<!-- b -->c<!-->d<!--->e<!-- --!>f", "acdef"),
      ("<section class=\"footnotes\">a</section>", "a"),
      ("<input type=text disabled><input type=checkbox>", ""),
      ("<a href=\"javascript:alert(1)\">a</a>", "a"),
      ("<a name=b>a</a><a>c</a>", "ac"),
      ("<p title=x title=y dir=up lang=\"a b\">a</p>", "<p>a</p>"),
      ("<td>a</td><tr>b<li>c<dd>d<caption>e<rt>f", "abcdef"),
      ("<img alt=x>a", "a"),
    ])
  func leavesOut(html: String, result: String) {
    #expect(sanitised(html) == result)
  }

  @Test(
    "writes a tree that a browser has nothing to mend in",
    arguments: [
      ("<b>a", "<b>a</b>"),
      ("</b>a</p>", "a"),
      ("<b><i>a</b>b</i>", "<b><i>a</i></b>b"),
      ("<p>a<p>b", "<p>a</p><p>b</p>"),
      ("<p><b>a<div>b</div>c", "<p><b>a</b></p><div>b</div>c"),
      ("<h2>a<h3>b", "<h2>a</h2><h3>b</h3>"),
      ("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
      ("<ul><li><p>a<li><b>b<li>c", "<ul><li><p>a</p></li><li><b>b</b></li><li>c</li></ul>"),
      ("<ul><b><li>a", "<ul><b></b><li>a</li></ul>"),
      ("<ul><li><blockquote><li>a", "<ul><li><blockquote>a</blockquote></li></ul>"),
      ("<dl><dt>a<dd>b<dt>c</dl>", "<dl><dt>a</dt><dd>b</dd><dt>c</dt></dl>"),
      (
        "<table><td>a<td>b<tr><td>c</table>",
        "<table><tbody><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></tbody></table>"
      ),
      ("<table>a<tr><td>b", "<table></table>ab"),
      (
        "<table><tr><td><div></table>a",
        "<table><tbody><tr><td><div></div></td></tr></tbody></table>a"
      ),
      ("<table><tr><td></div></p></b>a", "<table><tbody><tr><td>a</td></tr></tbody></table>"),
      ("<p>a<table><tr><td>b", "<p>a</p><table><tbody><tr><td>b</td></tr></tbody></table>"),
      (
        "<table><caption>a<tr><td>b",
        "<table><caption>a</caption><tbody><tr><td>b</td></tr></tbody></table>"
      ),
      ("<ruby>a<rt>b<rt>c", "<ruby>a<rt>b</rt><rt>c</rt></ruby>"),
      ("<a href=x>a<a href=y>b</a>c</a>d", "<a href=\"x\">abc</a>d"),
      ("<tt>a<strike>b</s></tt>", "<code>a<s>b</s></code>"),
      ("<td align=CENTER>", ""),
      ("<BR/><hr / x>", "<br><hr>"),
      ("<b/>a", "<b>a</b>"),
    ])
  func mends(html: String, result: String) {
    #expect(sanitised(html) == result)
    #expect(sanitised(result) == result)
  }

  @Test("makes a class of a table cell's alignment") func alignment() {
    #expect(
      sanitised("<table><td align=CENTER><td align=justify>")
        == "<table><tbody><tr><td class=\"align-center\"></td><td></td></tr></tbody></table>")
  }

  @Test(
    "writes text as text",
    arguments: [
      (
        "a < b > c & d &amp e &x; &#0; &#x110000; &#1;",
        "a &lt; b &gt; c &amp; d &amp;amp e &x; \u{FFFD} \u{FFFD} \u{FFFD}"
      ),
      ("<", "&lt;"), ("</", "&lt;/"), ("a<1", "a&lt;1"),
      ("<p title='\"<>'>a", "<p>a</p>"),
      ("<abbr title='\"<>'>a", "<abbr title=\"&quot;&lt;&gt;\">a</abbr>"),
      ("<abbr title=a\"b'c`d=e>a", "<abbr title=\"a&quot;b&#39;c`d=e\">a</abbr>"),
      ("<abbr title=\"&\u{301}\">a", "<abbr title=\"&amp;\u{301}\">a</abbr>"),
      ("<your name>", "&lt;your name&gt;"), ("</HOST>", "&lt;/HOST&gt;"),
      ("<x-y z='&lt;\n*'>", "&lt;x-y z='&amp;lt;\n*'&gt;"), ("<path>", "&lt;path&gt;"),
      ("<svg><path d=x></svg><path>", "&lt;path&gt;"), ("<svg><path>", "&lt;path&gt;"),
      ("<?php a > b ?>c", "&lt;?php a &gt; b ?&gt;c"),
      ("<!DOCTYPE html>a", "&lt;!DOCTYPE html&gt;a"),
      ("<![CDATA[a>b]]>c", "&lt;![CDATA[a&gt;b]]&gt;c"), ("a</ k>b", "a&lt;/ k&gt;b"),
      ("<table><HOST>", "<table></table>&lt;HOST&gt;"),
    ])
  func text(html: String, result: String) {
    #expect(sanitised(html) == result)
  }

  @Test(
    "shows what is unfinished where the author's piece ends as text, and drops nothing after it",
    arguments: [
      ("<p title=\"a", "&lt;p title=\"a"), ("<p", "&lt;p"), ("<p a='", "&lt;p a='"),
      ("<?", "&lt;?"),
      ("</p", "&lt;/p"), ("<![CDATA[a", "&lt;![CDATA[a"), ("<!-- a", ""),
    ])
  func unfinished(piece: String, shown: String) {
    let html =
      BodyMark.rawHTML(line: 1) + Array(piece.utf8) + BodyMark.rawHTMLEnd + "<p>b</p>".utf8
    #expect(String(decoding: sanitisedBody(html).0, as: UTF8.self) == shown + "<p>b</p>")
  }

  /// The expected remarks follow the HTML: each with a reason, a name, a line, a column and a count.
  @Test(
    "remarks what it leaves out, once for a reason and a name",
    arguments: [
      ("<video src=a></video>\n <VIDEO>", "removedElement video 1:1 2"),
      ("<p\n  style=a onclick=b>", "removedAttribute style 2:3 1, removedAttribute onclick 2:11 1"),
      (
        "a<script>b\n</script><iframe>", "removedContent script 1:2 1, removedElement iframe 2:10 1"
      ),
      ("<td>", "misplacedElement td 1:1 1"),
      (
        "<a name=b>c</a><img alt=d><input>",
        "incompleteElement a 1:1 1, incompleteElement img 1:16 1, incompleteElement input 1:27 1"
      ),
      ("<a href=b><a href=c></a></a>", "misplacedElement a 1:11 1"),
      ("a</b>c</p>", "strayEnd b 1:2 1, strayEnd p 1:7 1"),
      ("<td colspan=0>", "misplacedElement td 1:1 1"),
      (
        "<img src=a width=5% loading=lazy>",
        "removedAttribute loading 1:21 1, unfitValue width 1:12 1"
      ),
      ("<p dir=up title=a>", "unfitValue dir 1:4 1, removedAttribute title 1:11 1"),
      ("<details>\na<b>b", "leftOpen b 2:2 1, leftOpen details 1:1 1"),
      ("<b><i>a</b></i>", "leftOpen i 1:4 1"),
      ("<p>a<div>b</div></p>", ""), ("<ul><li>a<li>b</ul>", ""), ("<table><td>a</table>", ""),
      ("a <!-- b -->", ""), ("a <!-- b", "unclosedComment  1:3 1"),
      ("<svg><path d=x></svg><HOST>", "removedElement svg 1:1 1"),
      ("<section>a</section>", "removedElement section 1:1 1, strayEnd section 1:11 1"),
    ])
  func remarks(html: String, remarks: String) {
    var buffer = ByteBuffer()
    let marked = BodyMark.rawHTML(line: 1) + html.utf8 + BodyMark.rawHTMLEnd
    let found = marked.withUnsafeBufferPointer {
      Sanitizer.sanitize($0, firstSlot: 0, into: &buffer).remarks
    }
    let shown = found.map { remark in
      let reason = "\(remark.reason)".prefix { $0 != "(" }
      return "\(reason) \(remark.name) \(remark.place.line):\(remark.place.column) \(remark.count)"
    }
    #expect(shown.joined(separator: ", ") == remarks)
  }

  @Test("closes what is left open among words where their block ends") func inlineHTML() {
    let html =
      Array("<p>a ".utf8) + BodyMark.inlineHTML(line: 1, column: 3) + "<details>".utf8
      + BodyMark.rawHTMLEnd + "b".utf8 + BodyMark.blockEnd.utf8 + "</p><p>c</p>".utf8
    #expect(
      String(decoding: sanitisedBody(html).0, as: UTF8.self)
        == "<p>a </p><details>b</details><p>c</p>")
  }

  @Test("lets the author's tags add nothing to tables and lists of markdown") func ofMarkdown() {
    for tag in ["</td>", "<td>", "</tr>", "<tr>", "</table>"] {
      let html =
        Array("<table><tr><td>a".utf8) + BodyMark.inlineHTML(line: 1, column: 1) + tag.utf8
        + BodyMark.rawHTMLEnd + "b".utf8 + BodyMark.blockEnd.utf8
        + "</td><td>c</td></tr></table>".utf8
      #expect(
        String(decoding: sanitisedBody(html).0, as: UTF8.self)
          == "<table><tbody><tr><td>ab</td><td>c</td></tr></tbody></table>")
    }
  }

  @Test("is deep at most 100") func depth() {
    let deep = sanitised(String(repeating: "<div>", count: 1000) + "a")
    #expect(deep.split(separator: "<div>", omittingEmptySubsequences: false).count - 1 <= 100)
    let cells = sanitised(String(repeating: "<table><td>", count: 1000) + "a")
    #expect(cells.utf8.count { $0 == UInt8(ascii: "<") } <= 200)
  }

  @Test("lets only Parse write classes, ids and links within the page") func ours() {
    let html =
      "<p class=\"\u{3}alert-title\">a</p><section class=\"\u{3}footnotes\">b</section>"
      + "<a id=\"\u{3}x\" href=\"\u{3}#y\">c</a>"
    #expect(
      String(decoding: sanitisedBody(Array(html.utf8)).0, as: UTF8.self)
        == html.split(separator: "\u{3}").joined())
  }

  @Test("gives links and images of HTML slots of their own, with their lines") func references() {
    let html =
      BodyMark.rawHTML(line: 7)
      + Array("<p>\n<a href='x&amp;y' title=t>\n<img src=z alt=\"&lt;\" width=10 height=x>".utf8)
      + BodyMark.rawHTMLEnd
    var buffer = ByteBuffer()
    let references = html.withUnsafeBufferPointer {
      Sanitizer.sanitize($0, firstSlot: 5, into: &buffer).references
    }
    #expect(
      String(decoding: buffer.bytes, as: UTF8.self)
        == "<p>\n\u{1}a5\u{2}\n\u{1}i6\u{2}\u{1}z5\u{2}</p>")
    #expect(
      references == [
        HTMLReference(.link, address: "x&y", line: 8),
        HTMLReference(.image, address: "z", alternative: "<", width: 10, line: 9),
      ])
  }
}
