import StoaHTML
import Testing

@Suite("Escaping")
struct EscapingTests {
  @Test(
    "for XML replaces what XML cannot hold, and nothing else",
    arguments: [
      ("plain", "plain"), ("a<b>&\"'", "a&lt;b&gt;&amp;&quot;&#39;"),
      ("tab\tline\n", "tab\tline\n"),
      ("\u{0}\u{1F}x", "\u{FFFD}\u{FFFD}x"), ("\u{FFFE}&\u{FFFF}", "\u{FFFD}&amp;\u{FFFD}"),
      ("\u{FFFD}\u{FEFF}ﬁ", "\u{FFFD}\u{FEFF}ﬁ"), ("é\"\u{301}", "é&quot;\u{301}"),
    ])
  func xml(text: String, expected: String) {
    var buffer = ByteBuffer()
    buffer.writeXML(text)
    #expect(buffer.bytes == Array(expected.utf8))
  }
}
