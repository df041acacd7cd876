import Foundation
import StoaModel
import Testing

@testable import StoaImport

@Suite("Links with an e-mail address in them") struct MaskedLinkTests {
  private static let masked = "`https://x.example/?to=[address removed]`"

  @Test(
    "become text in markdown, with what is left of their target",
    arguments: [
      ("[write](mailto:ann@example.org) me", "write ([address removed]) me"),
      ("[write](<mailto:ann@example.org?subject=a b> \"Ann\")", "write ([address removed])"),
      ("[*ann*@example.org](mailto:ann@example.org)", "*ann*@example.org ([address removed])"),
      ("[ann@example.org](mailto:ann@example.org 'Ann')", "[address removed]"),
      (
        "Ask <ann@example.org>, <mailto:ann@example.org>.",
        "Ask [address removed], [address removed]."
      ),
      ("[x](https://x.example/?to=ann@example.org)", "x (\(masked))"),
      ("[x](https://x.example/?to=ann%40example.org (title))", "x (\(masked))"),
      ("![a *rope*](https://x.example/?to=ann@example.org)", "a *rope* (\(masked))"),
      ("<https://x.example/?to=ann@example.org>", masked),
      ("See https://x.example/?to=ann@example.org.", "See \(masked)."),
      (
        "[see HTTPS://x.example/?to=ann@example.org]",
        "[see `HTTPS://x.example/?to=[address removed]`]"
      ),
      ("(www.x.example/ann@example.org/)", "(`www.x.example/[address removed]/`)"),
      ("[https://x.example/?to=ann@example.org](https://x.example/?to=ann@example.org)", masked),
      (
        "[a][me], [me][], [me], [b][other]\n\n[ME]: mailto:ann@example.org\n[other]: /b",
        "a ([address removed]), me ([address removed]), me ([address removed]), [b][other]\n\n[other]: /b"
      ),
      ("[a](mailto&#58;ann&#64;example.org)", "a ([address removed])"),
      ("[[rope|ann@example.org]]", "[[rope|address removed]]"),
      ("`[a](mailto:ann@example.org)`", "`[a](mailto:[address removed])`"),
      // None of these has an address.
      ("[x](https://medium.example/@ann), <https://social.example/@ann@other.example>", nil),
      ("[archive](https://lists.example/2026.7@example.org/)", nil),
      ("[all](mailto:?subject=Rope)", nil), ("[not a link] (ann)", nil),
    ] as [(String, String?)])
  func markdown(text: String, expected: String?) {
    #expect(
      String(decoding: MaskedMarkdown.masked(Array(text.utf8)), as: UTF8.self) == expected ?? text)
  }

  @Test(
    "become text in HTML, with what is left of their target",
    arguments: [
      ("<a href=\"mailto:ann@example.org\">write</a> me", "write ([address removed]) me"),
      (
        "<A class=x HREF = 'mailto:ann&#64;example.org'><b>write</b></A>",
        "<b>write</b> ([address removed])"
      ),
      ("<a href=mailto:ann@example.org>ann@example.org</a>", "ann@example.org"),
      (
        "<a href=\"https://x.example/?a=1&amp;to=ann@example.org\">x</a>",
        "x (<code>https://x.example/?a=1&amp;to=[address removed]</code>)"
      ),
      (
        "<a href=\"https://x.example/ann@example.org\">https://x.example/ann@example.org</a>",
        "<code>https://x.example/[address removed]</code>"
      ),
      (
        "<p>See http://x.example/ann@example.org, www.x.example/?ann@example.org</p>",
        "<p>See <code>http://x.example/[address removed]</code>, <code>www.x.example/?[address removed]</code></p>"
      ),
      (
        "<img alt=\"a &amp; b\" src=\"https://x.example/ann@example.org.png\">",
        "a &amp; b (<code>https://x.example/[address removed].png</code>)"
      ),
      ("<a href=\"mailto:ann@example.org\">never closed", "never closed ([address removed])"),
      ("<a href=\"https://medium.example/@ann\">x</a>", nil),
    ] as [(String, String?)])
  func html(html: String, expected: String?) {
    let privacy = Privacy()
    let rewritten = HTMLLinks.rewrite(Array(html.utf8)) { target in
      privacy.shown(target: target, isComment: true).map { .masked($0) } ?? .kept
    }
    #expect(String(decoding: rewritten, as: UTF8.self) == expected ?? html)
  }

  @Test(
    "lead nowhere in a community that was imported, nor on its site, and the report says so",
    .enabled(if: pandocProgram != nil))
  func imported() async throws {
    let html =
      "<p><a href='mailto:ann@example.org'>write</a> <iframe src='https://x.example/?to=ann@example.org'></iframe></p>"
    let source = try SourceFolder([
      "_posts/2019-03-01-rope.md": "---\ntitle: Rope\n---\n\nText.\n",
      "_data/comments/rope/a.yml":
        "name: Bo\nurl: https://medium.example/@bo\ndate: 2019-03-04\nmessage: \"\(html)\"\n",
      "_data/comments/rope/b.yml":
        "name: Cy\nurl: https://ann@example.org\ndate: 2019-03-04\nmessage: '[the archive](https://lists.example/archives/ann@example.org/)'\n",
    ])
    defer { source.remove() }
    let report = try await source.run(.staticman)
    #expect(
      report.entries.flatMap(\.notes).filter { $0.hasPrefix("its link to") }.sorted() == [
        "its link to [address removed] is text now, because an address in it was masked",
        "its link to https://lists.example/archives/[address removed]/ is text now, because an address in it was masked",
        "its link to https://x.example/?to=[address removed] is text now, because an address in it was masked",
      ])
    #expect(
      try source.body("content/responses/rope/a.md").hasPrefix("write (\\[address removed\\])")
        || source.body("content/responses/rope/a.md").hasPrefix("write ([address removed])"))
    #expect(
      try source.body("content/responses/rope/b.md")
        == "the archive (`https://lists.example/archives/[address removed]/`)")
    #expect(
      try source.matter("content/responses/rope/a.md").contains("url: 'https://medium.example/@bo'")
    )
    #expect(try !source.files().values.joined().contains("ann@example"))
    #expect(try await source.warnings() == [])
  }
}
