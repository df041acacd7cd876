import StoaModel
import Testing

@Suite("Comments of markdown") struct MarkdownCommentTests {
  private func without(_ text: String) -> String {
    String(decoding: MarkdownComments.removed(from: Array(text.utf8)[...]), as: UTF8.self)
  }

  @Test(
    "are left out where no page shows them",
    arguments: [
      ("a <!-- b --> c", "a  c"), ("<!-- a\nb -->\nc", "\nc"), ("<!-- a\n\nb\n-->c", "c"),
      ("<!-- a", ""), ("- <!-- a\n\nb", "- "), ("> <!-- a\n> b --> c", ">  c"),
      ("a <!--> b -->", "a  b -->"), ("a <!---> b", "a  b"),
      ("[//]: # (a b)\nc", "\nc"), ("[comment]: <> \"a b\"  \nc", "  \nc"),
      ("x\n\n[_]: # 'a'\n[_]: # 'b'\n", "x\n\n\n\n"),
      ("[_]: # \"a <!-- b\" c -->", "[_]: # \"a "),
      // Text that begins or ends like code, and is not code.
      ("a ` b\n<!-- c ` -->", "a ` b\n"), ("a ` b\nc ` <!-- d ` -->", "a ` b\nc ` "),
      ("a `\nb ` <!-- c --> `", "a `\nb `  `"),
      ("<div>\n` <!-- a ` -->\n</div>", "<div>\n` \n</div>"),
      ("<i title=\"`\"> <!-- a --> `", "<i title=\"`\">  `"),
      ("<!-- a --> ` <!-- b ` -->", " ` "), ("a ` b\n# c <!-- d ` -->", "a ` b\n# c "),
      ("- ```\n  a\n\nb <!-- c -->", "- ```\n  a\n\nb "),
      ("<pre>\n\n```\n<!-- a -->\n```\n</pre>", "<pre>\n\n```\n\n```\n</pre>"),
      ("<!--\n```\n-->\nb <!-- c -->", "\nb "), ("\\` <!-- a --> `", "\\`  `"),
      ("<div>\n1. \n```\n<!-- a -->", "<div>\n1. \n```\n"), ("| ` | <!-- a --> ` |", "| ` |  ` |"),
      ("a <!-- b\n```\n--> c\n```\n<!-- d -->", "a  c\n```\n"),
      ("  ```\n<!-- a -->\n```\n<!-- b -->", "  ```\n\n```\n"),
      ("<i>a</i>\n~~~\n\n~~~\n<!-- b -->", "<i>a</i>\n~~~\n\n~~~\n"),
    ])
  func comments(text: String, expected: String) {
    #expect(without(text) == expected)
  }

  @Test(
    "are none in code, and nothing else is",
    arguments: [
      "```\n<!-- a -->\n```\n", "~~~ html\n```\n<!-- a -->\n- ~~~\n<!-- b -->\n~~~~\n",
      "`<!-- a -->`",
      "a ``b ` <!-- c -->`` d", "a <!-- b", "a -- > b", "[a]: # b", "[a]: https://b.example (c)",
      "a\n[//]: # (b)", "[//]: # (a\nb)", "[//]: # (a) b", "a ] : # (b)", "![](a)", "<b>a</b>",
    ])
  func others(text: String) {
    #expect(without(text) == text)
  }

  @Test(
    "cost no time, whatever they are like",
    arguments: [
      "<!--", "<!-- -", "`<!--", "``` ", "`` ` ", "[a]: # (", "<pre>\n", "- ```\n", "<!-->",
    ])
  func time(piece: String) {
    let text = Array(String(repeating: piece, count: 1 << 16).utf8)
    let clock = ContinuousClock()
    let duration = clock.measure { _ = MarkdownComments.removed(from: text[...]) }
    #expect(duration < .seconds(5))
  }
}
