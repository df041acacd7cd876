import StoaHTML
import Testing

/// HTML of bodies, converted to markdown.
@Suite struct MarkdownTests {
  @Test(
    "Words within a line",
    arguments: [
      ("<p>a  b\nc</p>", "a b c"),
      ("<p>a <em> b </em>c</p>", "a *b* c"),
      ("<p><strong>a</strong> <del>b</del></p>", "**a** ~~b~~"),
      ("<p><code>a`b</code> <code>`</code> <code> a </code></p>", "``a`b`` `` ` `` `  a  `"),
      ("<p><code>a</code><code>b</code></p>", "`ab`"),
      ("<p>a<br>b<br></p>", "a\\\nb"),
      ("<p>H<sub>2</sub>O</p>", "H<sub>2</sub>O"),
      ("<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby></p>", "漢(kan)"),
      ("<p>&lt;b&gt; &amp;amp; &copy; &#x2a;a* &nosuch;</p>", "\\<b> \\&amp; © \\*a\\* &nosuch;"),
      ("<p>a_b _c_ [d] ~e~ f!</p>", "a_b \\_c\\_ \\[d\\] \\~e\\~ f!"),
      ("<p>https://a.example/b_ www.a.example</p>", "https\\://a.example/b\\_ www\\.a.example"),
      ("<p><em></em>a<em> </em>b</p>", "a b"),
    ])
  func inline(_ html: String, _ markdown: String) { expect(html, markdown) }

  @Test(
    "Emphasis that CommonMark would not read is left out",
    arguments: [
      ("<p>a<em>“b”</em>c</p>", "a“b”c"),
      ("<p>a <em>“b”</em>, c</p>", "a *“b”*, c"),
      ("<p><em>a</em><em>b</em></p>", "*a*b"),
      ("<p><em>a<strong>b</strong></em></p>", "*a**b***"),
      ("<p><em>a <em>b</em></em></p>", "*a b*"),
      ("<p><strong>a€</strong>b</p>", "a€b"),
    ])
  func emphasis(_ html: String, _ markdown: String) { expect(html, markdown) }

  @Test(
    "Links and images",
    arguments: [
      ("<p><a href=\"/a/\">b [c]</a></p>", "[b \\[c\\]](/a/)"),
      (
        "<p><a href=\"/a(b)/\" title=\"c &quot;d&quot;\">e</a></p>", "[e](</a(b)/> \"c \\\"d\\\"\")"
      ),
      (
        "<p><a href=\"https://a.example/?b&amp;c\">https://a.example/?b&amp;c</a></p>",
        "<https://a.example/?b&c>"
      ),
      ("<p>a!<a href=\"/b/\">c</a></p>", "a\\![c](/b/)"),
      ("<p><a href=\"/a/\"> </a>b</p>", "b"),
      ("<p><img src=\"/a.png\" alt=\"b &amp; [c]\"></p>", "![b & \\[c\\]](/a.png)"),
      ("<a href=\"/a/\"><p>b</p><p>c</p></a>", "[b](/a/)\n\n[c](/a/)"),
      (
        "<p>a<sup id=\"fnref-1\" class=\"footnote-ref\"><a href=\"/p/#fn-1\">1</a></sup></p>",
        "a[\\[1\\]](/p/#fn-1)"
      ),
    ])
  func links(_ html: String, _ markdown: String) { expect(html, markdown) }

  @Test(
    "What would begin a block is escaped",
    arguments: [
      ("<p># a</p>", "\\# a"), ("<p>#a</p>", "#a"), ("<p>- a</p>", "\\- a"), ("<p>-a</p>", "-a"),
      ("<p>1986. A year</p>", "1986\\. A year"), ("<p>1986.5</p>", "1986.5"),
      ("<p>&gt; a</p>", "\\> a"), ("<p>a<br>===</p>", "a\\\n\\==="),
      ("<p>a<br>---</p>", "a\\\n\\---"),
      ("<p>+</p>", "\\+"), ("<p>| a |</p>", "\\| a |"), ("<h2>a #</h2>", "## a \\#"),
    ])
  func beginnings(_ html: String, _ markdown: String) { expect(html, markdown) }

  @Test(
    "Blocks",
    arguments: [
      ("<h1>a</h1><h2 id=\"b\">b</h2><hr><p>c</p>", "## a\n\n## b\n\n---\n\nc"),
      (
        "<blockquote><p>a</p></blockquote>\n<blockquote><p>b</p><p>c</p></blockquote>",
        "> a\n\n> b\n>\n> c"
      ),
      ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"),
      ("<ul><li><p>a</p></li><li><p>b</p><p>c</p></li></ul>", "- a\n\n- b\n\n  c"),
      ("<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n* b"),
      ("<ol start=\"9\"><li>a</li><li>b</li></ol>", "9. a\n10. b"),
      ("<ol reversed=\"\"><li>a</li><li>b</li></ol>", "2. a\n1. b"),
      ("<ul><li>a<ol start=\"3\"><li>b</li></ol></li></ul>", "- a\n\n  3. b"),
      ("<ul><li></li><li><hr></li></ul>", "-\n- ___"),
      (
        "<ul><li><label class=\"task\"><input type=\"checkbox\" checked=\"\" disabled=\"\"> a</label></li></ul>",
        "- [x] a"
      ),
      ("<pre><code class=\"language-c\">a\n\n```\n</code></pre>\n", "````c\na\n\n```\n````"),
      ("<blockquote><pre><code>a\n\n b\n</code></pre></blockquote>", "> ```\n> a\n>\n>  b\n> ```"),
      ("<dl><dt>a</dt><dd>b</dd></dl>", "a\n\n- b"),
      ("<details><summary>a</summary><p>b</p></details>", "**a**\n\nb"),
      (
        "<div class=\"alert alert-tip\"><p class=\"alert-title\">Tip</p>\n<p>a</p></div>",
        "> **Tip**\n>\n> a"
      ),
      (
        "<div class=\"footnotes\">\n<ol>\n<li id=\"fn-1\"><p>a <a href=\"#fnref-1\" class=\"footnote-backref\">↩</a></p></li></ol></div>",
        "\\[1\\] a"
      ),
      (
        "<figure class=\"quote\"><blockquote cite=\"/a/\">\n<p>b</p>\n</blockquote>\n<figcaption class=\"dots\"><span>C</span> <cite><a href=\"/a/\">D</a></cite></figcaption></figure>",
        "> b\n\n— C · *[D](/a/)*"
      ),
      ("a<p>b</p>c", "a\n\nb\n\nc"),
      ("<b>a<p>b</p></b>", "**a**\n\n**b**"),
    ])
  func blocks(_ html: String, _ markdown: String) { expect(html, markdown) }

  @Test(
    "Tables",
    arguments: [
      (
        "<table><thead><tr><th>a</th><th class=\"align-right\">b</th></tr></thead><tbody><tr><td>c|d</td><td><code>e|f</code></td></tr></tbody></table>",
        "| a | b |\n|---|--:|\n| c\\|d | `e\\|f` |"
      ),
      (
        "<table><tbody><tr><td>a</td></tr><tr><td>b<br>c</td><td></td></tr></tbody></table>",
        "| | |\n|---|---|\n| a | |\n| b<br>c | |"
      ),
      (
        "<table><tbody><tr><td><p>a</p><p>b</p></td><td>c</td></tr></tbody></table>",
        "- - a\n\n    b\n  - c"
      ),
    ])
  func tables(_ html: String, _ markdown: String) { expect(html, markdown) }

  @Test("HTML that is not closed is written to its end") func unclosed() {
    expect("<ul><li>a<blockquote>b</li>c", "- a\n\n  > b\n- c")
  }

  private func expect(_ html: String, _ markdown: String) {
    var writer = MarkdownWriter()
    writer.body(Array(html.utf8))
    #expect(String(decoding: writer.bytes, as: UTF8.self) == markdown + "\n")
  }
}
