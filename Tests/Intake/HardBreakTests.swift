import StoaIntake
import Testing

@Suite("A line end that was typed") struct HardBreakTests {
  @Test(
    "is one to readers, in paragraphs alone",
    arguments: [
      (
        "held:\nbowline\nsheet bend\n\nfigure eight",
        "held:  \nbowline  \nsheet bend\n\nfigure eight"
      ),
      ("a \nb\t\nc", "a  \nb  \nc"),
      ("a\\\nb", "a\\\nb"),
      ("> a\n> b\n>\n> c\nd", "> a  \n> b\n>\n> c  \nd"),
      ("- a\n- b\n  c\n\ntext", "- a\n- b  \n  c\n\ntext"),
      ("1. a\n2. b", "1. a  \n2. b"),
      ("born in\n1986. A year", "born in  \n1986. A year"),
      ("# a\nb\n# c", "# a\nb\n# c"),
      ("a\n===\nb\n---\n***\nc", "a\n===\nb\n---\n***\nc"),
      ("| a | b |\n| - | - |\n| 1 | 2 |", "| a | b |\n| - | - |\n| 1 | 2 |"),
      ("a\n```\nb\nc\n```\nd\ne", "a\n```\nb\nc\n```\nd  \ne"),
      ("> ```\n> a\n> b\n> ```\n> c\n> d", "> ```\n> a\n> b\n> ```\n> c  \n> d"),
      ("~~~~ swift\na\n~~~\nb\n~~~~\nc\nd", "~~~~ swift\na\n~~~\nb\n~~~~\nc  \nd"),
      ("```a``` b\nc", "```a``` b  \nc"),
      ("a\n\n    b\n    c\n\nd\ne", "a\n\n    b\n    c\n\nd  \ne"),
      ("- a\n\n    b\n    c", "- a\n\n    b  \n    c"),
      ("a\r\nb\rc\n\rd", "a  \nb  \nc\n\nd"),
      ("\n \na\u{0}b\u{1B}\u{7F}\n\n\n", "a\u{FFFD}b\u{FFFD}\u{FFFD}"),
      ("    code\n", "    code"),
      ("", ""), (" \r\n\t", ""),
    ])
  func breaks(_ typed: String, _ markdown: String) {
    #expect(TypedText.markdown(from: typed) == markdown)
    // Applied again, it changes nothing.
    #expect(TypedText.markdown(from: markdown) == markdown)
  }

  @Test("costs no more in a long text than in a short one", .timeLimit(.minutes(1)))
  func linear() {
    for line in ["> ", "- ", "    a\n", "```\n", "a\n", "> > > a\n", "\r", "1. "] {
      _ = TypedText.markdown(from: String(repeating: line, count: 200_000 / line.utf8.count))
    }
  }
}
