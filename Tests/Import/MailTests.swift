import Foundation
import StoaImport
import Testing

@Suite("Archives of mailing lists") struct MailTests {
  private func message(
    _ id: String, _ day: Int, _ subject: String, _ body: String,
    from: String = "Ada Byron <ada@private.example>",
    head: String = ""
  ) -> String {
    """
    From ada@private.example Tue Jan  \(day) 10:00:00 2019
    Message-ID: <\(id)@private.example>
    Date: Tue, \(day) Jan 2019 10:00:00 +0100
    From: \(from)
    To: list@private.example
    Subject: \(subject)
    \(head.isEmpty ? "" : head + "\n")
    \(body)


    """
  }

  private func importing(
    _ box: String, _ check: (SourceFolder, ImportReport) throws -> Void
  ) async throws {
    let source = try SourceFolder(["list.mbox": box])
    defer { source.remove() }
    let report = try await source.run(.mbox, "list.mbox")
    try check(source, report)
    let everything = try source.files().values.joined() + report.json
    #expect(!everything.contains("private.example"))
    #expect(try await source.errors() == [])
    let before = try source.files()
    _ = try await source.run(.mbox, "list.mbox")
    #expect(try source.files() == before)
  }

  @Test("become threads: by references, past missing messages, by subjects, and without circles")
  func threads() async throws {
    let box = [
      message("1", 1, "[craft] Rope", "About rope."),
      message("2", 2, "Re: [craft] Rope", "Yes.", head: "In-Reply-To: <1@private.example>"),
      message(
        "4", 4, "Re: [craft] Rope", "Deep.",
        head: "References: <1@private.example> <2@private.example>\n <3@private.example>"),
      message("5", 5, "RE: [craft] Rope", "By subject."),
      message("6", 6, "[craft] Knot", "One.", head: "References: <7@private.example>"),
      message("7", 7, "[craft] Knot", "Two.", head: "References: <6@private.example>"),
      message("2", 8, "Re: [craft] Rope", "Twice."),
      message("9", 9, "Aw: [craft] Gone", "Orphan.", head: "References: <8@private.example>"),
    ].joined()
    try await importing(box) { (source, report) throws in
      #expect(report.sum("message") == [8, 7, 0, 1])
      #expect(
        try source.threads(of: "rope") == [
          "message-2": "", "message-3": "message-2", "message-4": "",
        ])
      #expect(try source.threads(of: "knot").count == 1)
      #expect(try source.matter("content/posts/rope.md").contains("title: Rope"))
      #expect(try source.matter("content/posts/rope.md").contains("date: 2019-01-01T09:00:00Z"))
      #expect(try source.body("content/posts/gone.md") == "Orphan.")
    }
  }

  @Test(
    "have words in every encoding",
    arguments: [
      (
        "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable",
        "Gr=FC=DFe=\n an alle", "Grüße an alle"
      ),
      (
        "Content-Type: text/plain; charset=\"utf-8\"\nContent-Transfer-Encoding: base64",
        "R3LDvMOfZQ==", "Grüße"
      ),
      (
        "Content-Type: text/plain; charset=koi8-r\nContent-Transfer-Encoding: 8bit\nX: 1", "Rope",
        "Rope"
      ),
      ("Content-Type: text/html; charset=utf-8", "<p>One <b>two</b></p>", "One **two**"),
      (
        "Content-Type: multipart/alternative; boundary=\"b\"",
        "--b\nContent-Type: text/plain\n\nPlain\n--b\nContent-Type: text/html\n\n<p>HTML</p>\n--b--",
        "Plain"
      ),
      (
        "Content-Type: multipart/mixed; boundary=b",
        "--b\nContent-Type: text/plain\n\nPlain\n--b\nContent-Type: image/png; name=a.png\nContent-Disposition: attachment; filename=\"a.png\"\n\nxx\n--b--",
        "Plain"
      ),
      (
        "Content-Type: text/plain; format=flowed", "One \ntwo.\n> a \n> b",
        "One two.\n\n> [↑](rope.md)\n>\n> a b"
      ),
      (
        "Content-Type: multipart/mixed; boundary=b", "--b\nContent-Type: text/plain\n\nCut off",
        "Cut off"
      ),
    ])
  func encodings(head: String, body: String, expected: String) async throws {
    let box =
      message("1", 1, "Rope", "x")
      + message(
        "2", 2, "=?utf-8?q?Re=3A_Rope?=", body, head: "In-Reply-To: <1@private.example>\n\(head)")
    try await importing(box) { (source, report) throws in
      let name = try #require(try source.threads(of: "rope").keys.first)
      let body = try source.body("content/responses/rope/\(name).md")
      #expect(body == expected.replacingOccurrences(of: "(rope.md)", with: "(../../posts/rope.md)"))
      if head.contains("mixed"), expected == "Plain" {
        #expect(report.sum("attachment") == [1, 0, 0, 1])
      }
    }
  }

  @Test("fold what they quote into a quotation that leads to it, and end before the signature")
  func quotations() async throws {
    let reply = """
      On Tue, 1 Jan 2019, Ada Byron wrote:
      > one
      >> two
      > three
      > four

      I *agree*, and ask ada@private.example.
      - a list
      >From the start.

      --\u{20}
      Bo
      +49 123
      """
    let box =
      message("1", 1, "Rope", "one\nthree")
      + message(
        "2", 2, "Re: Rope", reply, from: "=?iso-8859-1?q?Bo=E9?= <bo@private.example>",
        head: "In-Reply-To: <1@private.example>")
      + message(
        "3", 3, "Re: Rope", "> I agree\n\nYes, Ada at private.example said so.",
        from: "cy at private.example (Cy)",
        head: "In-Reply-To: <2@private.example>")
    try await importing(box) { (source, report) throws in
      let body = try source.body("content/responses/rope/message-2.md")
      #expect(
        body.hasPrefix(
          "> [!QUOTE]- On Tue, 1 Jan 2019, Ada Byron wrote:\n> [↑](../../posts/rope.md)\n>\n> one\n>\n>> two\n>\n> three\\\n> four\n"
        ))
      #expect(
        body.contains("I \\*agree\\*, and ask [address removed].\\\n\\- a list\\\nFrom the start."))
      #expect(!body.contains("+49"))
      #expect(try source.matter("content/responses/rope/message-2.md").contains("guest: 'Boé'"))
      let third = try source.body("content/responses/rope/message-3.md")
      #expect(
        third
          == "> [↑](../../posts/rope.md#response-message-2)\n>\n> I agree\n\nYes, [address removed] said so."
      )
      #expect(try source.matter("content/responses/rope/message-3.md").contains("guest: Cy"))
      #expect(report.entries.filter { $0.notes.contains("its signature was left out") }.count == 1)
    }
  }

  @Test("that are broken, hostile or no mail at all do no harm")
  func hostile() async throws {
    let source = try SourceFolder(["list.mbox": "Dear all,\n\nFrom now on\n"])
    defer { source.remove() }
    await #expect(throws: ImportFailure.self) { try await source.run(.mbox, "list.mbox") }
    let references = (1...3_000).map { "<\($0)@private.example>" }.joined(separator: " ")
    var box = message("a", 1, "Rope", String(repeating: "> ", count: 5_000) + "deep")
    box += message(
      "b", 2, String(repeating: "Re: ", count: 2_000) + "Rope", "x",
      head: "References: \(references)")
    box += message(
      "c", 3, "=?utf-8?b?", String(repeating: "--b\n", count: 3_000),
      head: "Content-Type: multipart/mixed; boundary=b")
    box += "From x Tue Jan  4 10:00:00 2019\nno head\n\n"
    try await importing(box) { (source, report) throws in
      #expect(report.sum("message").first == 4)
    }
  }
}
