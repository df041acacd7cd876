import StoaHTML
import StoaModel
import Testing

@testable import StoaTypeset

@Suite("MathML") struct MathMLTests {
  private func markup(
    _ content: String, isDisplay: Bool = false, attributes: String = ""
  ) -> String? {
    let tex = [UInt8](repeating: UInt8(ascii: "x"), count: 100)
    let formula = FormulaSource(
      key: "", tex: tex, isDisplay: isDisplay, location: SourceLocation(file: ""))
    let answer = "<math display=\"inline\" xmlns=\"m\"\(attributes)>\(content)</math>"
    guard let bytes = MathML.markup(from: Array(answer.utf8), of: formula) else { return nil }
    #expect(MathML.markup(from: bytes, of: formula) == bytes, "reading it again changes it")
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test(
    "is written anew, in the form that browsers know",
    arguments: [
      (
        "<semantics><mrow><mi>x</mi></mrow><annotation encoding=\"a\">x</annotation></semantics>",
        "<mrow><mi>x</mi></mrow>"
      ),
      ("<mtext mathvariant=\"normal\">a &lt;b&gt; &#x41;</mtext>", "<mtext>a &lt;b&gt; A</mtext>"),
      (
        "<mstyle mathvariant=\"normal\"><mi>d</mi></mstyle>",
        "<mstyle><mi mathvariant=\"normal\">d</mi></mstyle>"
      ),
      (
        "<mover><mi>x</mi><mo accent=\"true\">^</mo></mover>",
        "<mover accent=\"true\"><mi>x</mi><mo>^</mo></mover>"
      ),
      (
        "<mo minsize=\"1.2\" maxsize=\"1.2\" stretchy=\"false\" form=\"prefix\">(</mo>",
        "<mo minsize=\"120%\" maxsize=\"120%\" form=\"prefix\" stretchy=\"true\">(</mo>"
      ),
      (
        "<mtable><mtr><mtd columnalign=\"right\" style=\"x\"><mi>a</mi></mtd></mtr></mtable>",
        "<mtable><mtr><mtd class=\"right\"><mi>a</mi></mtd></mtr></mtable>"
      ),
      (
        "<menclose notation=\"box\"><mi>a</mi></menclose>",
        "<mrow class=\"boxed\"><mi>a</mi></mrow>"
      ),
      ("<mi>a</mi><mspace width=\"1.0em\"></mspace>", "<mi>a</mi><mspace width=\"1.0em\"/>"),
      ("<mi>a</mi><mspace width=\"9999em\"/>", "<mi>a</mi><mspace/>"),
      ("<mi>a</mi><mspace width=\"-50em\"/>", "<mi>a</mi><mspace/>"),
      (
        "<mfrac linethickness=\"0\" onclick=\"f()\"><mi>n</mi><mi>k</mi></mfrac>",
        "<mfrac linethickness=\"0\"><mi>n</mi><mi>k</mi></mfrac>"
      ),
      ("<mi href=\"javascript:f()\" class=\"x\" id=\"y\">a</mi>", "<mi>a</mi>"),
      ("<mo>\u{1}a\n</mo>", "<mo> a </mo>"),
    ])
  func forms(answer: String, written: String) {
    #expect(markup(answer) == "<math>\(written)</math>")
    #expect(markup(answer, isDisplay: true) == "<math display=\"block\">\(written)</math>")
  }

  @Test(
    "with anything else in it is none",
    arguments: [
      "<script>f()</script>", "<mi><script>f()</script></mi>", "<mglyph src=\"x\"/>",
      "<mtext><img src=\"x\"/></mtext>", "<a href=\"x\"><mi>a</mi></a>", "words",
      "<maction actiontype=\"x\"><mi>a</mi></maction>", "<svg/>", "<math><mi>a</mi></math>",
      "<mi>a</mo>", "<mi>a", "</mi>", "<mi a>b</mi>", "<mi>&foo;</mi>", "<mi>&#xD800;</mi>",
      "<mrow></mrow>", "<mi> </mi>", "</math><math><mi>a</mi>", "<annotation>",
      "<mi>a</mi><annotation>" + "<b>", "<!-- <mi>a</mi>",
      String(repeating: "<mrow>", count: 200) + "<mi>a</mi>"
        + String(repeating: "</mrow>", count: 200),
      "<mi>" + String(repeating: "a", count: 20_000) + "</mi>",
    ])
  func refused(answer: String) {
    #expect(markup(answer) == nil)
  }

  @Test("drops what is no attribute of its root") func root() {
    #expect(markup("<mi>a</mi>", attributes: " onload=\"f()\"") == "<math><mi>a</mi></math>")
  }
}
