import StoaHTML
import Testing

/// The section below a heading.
@Suite struct BodySectionTests {
  @Test(
    arguments: [
      ("<h2 id=\"a\">A</h2><p>x</p><h2 id=\"b\">B</h2>", "<p>x</p>"),
      ("<h2 id=\"a\">A</h2><p>x</p><h3>C</h3><p>y</p><h2>B</h2>", "<p>x</p><h3>C</h3><p>y</p>"),
      ("<h3 id=\"a\">A</h3><p>x<br></p><h2>B</h2>", "<p>x<br></p>"),
      // A heading within another element: the section ends with that element.
      ("<blockquote><h2 id=\"a\">A</h2><p>x</p></blockquote><p>y</p>", "<p>x</p>"),
      // A later heading within another element ends no section.
      ("<h2 id=\"a\">A</h2><ul><li><h2>B</h2></li></ul>z", "<ul><li><h2>B</h2></li></ul>z"),
      ("<h2 id=\"a\">A</h2><p>x</p><div class=\"footnotes\"><ol></ol></div>", "<p>x</p>"),
      ("<h2 id=\"a\">A</h2><p>x</p>", "<p>x</p>"),
    ])
  func isUpToTheNextHeadingThatIsNoDeeper(_ body: String, _ section: String) {
    #expect(Self.section("a", of: body) == section)
  }

  @Test(
    arguments: [
      "<h2 id=\"b\">B</h2><p>x</p>", "<h2 id=\"a\">A</h2>",
      "<h2 id=\"a\">A</h2> \n<h2>B</h2><p>x</p>",
      "<h2 id=\"ab\">A</h2><p>x</p>", "",
    ])
  func isMissingWhereNothingStands(_ body: String) {
    #expect(Self.section("a", of: body) == nil)
  }

  private static func section(_ anchor: String, of body: String) -> String? {
    Array(body.utf8).withUnsafeBufferPointer { bytes in
      BodySection(below: anchor, in: bytes).map { String(decoding: bytes[$0.range], as: UTF8.self) }
    }
  }
}
