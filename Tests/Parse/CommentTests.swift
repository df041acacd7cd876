import Foundation
import StoaModel
import Testing

@testable import StoaParse

@Suite("Comments of markdown") struct CommentTests {
  private func without(_ text: String, _ kind: MarkdownText.Kind = .post) throws -> String {
    let parsed = MarkdownParser.uncommented(
      MarkdownText(kind, bytes: Array(text.utf8), seeksComments: true))
    #expect(parsed.problem == nil)
    return String(decoding: try parsed.document.body.load(), as: UTF8.self)
  }

  @Test(
    "are left out where no page shows them",
    arguments: [
      ("a <!-- b --> c", "a  c"), ("<!-- a\nb -->\nc", "\nc"), ("<!-- a\n\nb\n-->c", "<!-- -->c"),
      ("<!-- a", ""), ("- <!-- a\n\nb", "- \n\nb"), ("> <!-- a\n> b --> c", "> <!-- --> c"),
      ("<div>\n<!-- a\n\nb --> c", "<div>\n\n\nb --> c"), ("<i>\n> <!-- a\n> b --> c", "<i>\n>  c"),
      ("[//]: # (a b)\nc", "\nc"), ("[comment]: <> \"a b\"  \nc", "  \nc"),
      ("x\n\n[_]: # 'a'\n[_]: # 'b'\n", "x\n\n\n\n"), ("[//]: # (a\nb)\n\nc", "\n\nc"),
      ("x\n\n[a comment]: #\n", "x\n\n\n"), ("> [//]: # (a\n> b)\n> c", "> \n> c"),
      // What begins as code, or ends as it, and is none.
      ("a ` b\n<!-- c ` -->", "a ` b\n"), ("a ` b\nc ` <!-- d ` -->", "a ` b\nc ` "),
      ("<div>\n` <!-- a ` -->\n</div>", "<div>\n` \n</div>"),
      ("<i title=\"`\"> <!-- a --> `", "<i title=\"`\">  `"),
      ("- ```\n  a\n\nb <!-- c -->", "- ```\n  a\n\nb "),
      ("<pre>\n\n```\n<!-- a -->\n```\n</pre>", "<pre>\n\n```\n\n```\n</pre>"),
      ("<!--\n```\n-->\nb <!-- c -->", "\nb "), ("\\` <!-- a --> `", "\\`  `"),
      ("| a | b |\n|---|---|\n| ` | <!-- b \\| c --> ` |", "| a | b |\n|---|---|\n| ` |  ` |"),
      ("| a <!-- b \\| c --> |\n|---|\n| d |", "| a  |\n|---|\n| d |"),
      ("`<!-- a -->` <!-- a -->", "`<!-- a -->` "),
      ("[a](\nb) `<!-- c -->`<!-- d -->", "[a](\nb) `<!-- c -->`"),
      ("<!-- a --> <!-- b -->\n\n- c <!-- b -->\n  <!-- b -->", " \n\n- c \n  "),
      ("# T <!-- a -->\n\nb\n<!-- c -->\n===", "# T \n\nb\n\n==="),
      ("![a <!-- b --> c](d.png)", "![a  c](d.png)"),
      ("a[^1]\n\n[^1]: b <!-- c -->", "a[^1]\n\n[^1]: b "),
      ("a <script>b</script> c", "a  c"), ("<style>\na\n</style>\n\nb", "\n\nb"),
      ("\t\u{1}<!-- a -->\nb \u{1}<!-- c -->", "\t\u{1}<!-- a -->\nb \u{1}"),
      ("a\r\n<!-- b -->\r\nc", "a\n\nc"),
      // An empty one stays where the page would be another without it.
      ("- a\n\n<!-- b -->\n\n- c", "- a\n\n<!-- -->\n\n- c"),
      ("- a\n\n[//]: # (b)\n\n- c", "- a\n\n[///]: #\n\n- c"),
      ("<<!-- a -->!-- b --> c", "<<!-- -->!-- b --> c"),
    ])
  func comments(text: String, expected: String) throws {
    let result = try without(text)
    #expect(result == expected)
  }

  @Test(
    "are none in code, and nothing else is",
    arguments: [
      "```\n<!-- a -->\n```\n", "~~~ html\n```\n<!-- a -->\n- ~~~\n<!-- b -->\n~~~~\n",
      "`<!-- a -->`", "a ``b ` <!-- c -->`` d", "a <!-- b", "a -- > b",
      "[a]: https://b.example (c)", "a\n[//]: # (b)", "[//]: # (a) b", "a ] : # (b)", "![](a)",
      "<b>a</b>", "<b>a</b>\n\n```liquid\n<!-- a -->\n```\n", "- ```\n  <!-- a -->\n  ```\n",
      "> > ~~~\n> > <!-- a -->\n", "<b>\n\n    <!-- a -->\n", "1. a\n\n       <!-- b -->\n",
      "<div title=\"\n<!-- a -->\n", "\\<!-- a -->", "<?a <!-- b --> c?>",
      "[x]: <y> \"<!-- a -->\"\n\n[x]",
      "[a <!-- b][]\n\n[a <!-- b]: #", "see [note]\n\n[note]: #", "[note]\n\n[note]: # (a)",
      "```\n[//]: # (a)\n```", "<a-b>\n<x <!-- c\n",
    ])
  func others(text: String) throws {
    let result = try without(text)
    #expect(result == text)
  }

  @Test("are text where HTML is text") func text() throws {
    #expect(try without("a <!-- b -->\n\n[//]: # (c)\n", .response) == "a <!-- b -->\n\n\n")
  }

  @Test(
    "cost little time, whatever they are like",
    arguments: [
      "<!-- a -->", "<!-- a\n", "`<!-- a -->` ", "- ```\n  <!-- a -->\n\n", "[a]: # (b)\n",
      "[a]: # (",
      "> <!-- a -->\n", "[x](\n<a>) <!-- b --> ",
    ])
  func time(piece: String) {
    let text = Array(String(repeating: piece, count: 1 << 10).utf8)
    let clock = ContinuousClock()
    let duration = clock.measure {
      _ = MarkdownParser.uncommented(MarkdownText(.post, bytes: text, seeksComments: true))
    }
    #expect(duration < .seconds(20))
  }

  @Test("are cut from what cannot be parsed, in code too") func cut() {
    let text = "a <!-- b --> `<!-- c -->`\n[//]: # (d)\n<!--> e -->\n<!-- f"
    let cut = String(decoding: MarkdownComments.cut(from: Array(text.utf8)), as: UTF8.self)
    #expect(cut == "a  ``\n\n e -->\n")
  }
}
