import Foundation
import StoaImport
import Testing

@Suite("GitHub's discussions") struct DiscussionsTests {
  private func comment(
    _ id: Int, _ body: String = "Well said.", more: String = "", replies: String = "",
    total: Int? = nil,
    author: String = #"{"login": "ada", "url": "https://github.com/ada", "name": "Ada"}"#
  ) -> String {
    let count = total ?? (replies.isEmpty ? 0 : 1)
    return """
      {"id": "DC_\(id)", "url": "https://github.com/o/r/discussions/1#discussioncomment-\(id)", "body": \(quoted(body)),
      "createdAt": "2022-01-02T10:00:0\(id)Z", "deletedAt": null, "isMinimized": false, "author": \(author),
      "reactions": {"totalCount": 2}, "replies": {"totalCount": \(count), "nodes": [\(replies)]}\(more)}
      """
  }

  private func quoted(_ text: String) -> String {
    String(decoding: (try? JSONEncoder().encode(text)) ?? Data(), as: UTF8.self)
  }

  private func page(
    _ number: Int, _ body: String, _ comments: [String], total: Int, all: Int = 2, more: String = ""
  ) -> String {
    """
    {"data": {"repository": {"nameWithOwner": "o/r", "url": "https://github.com/o/r", "discussions": {"totalCount": \(all),
    "pageInfo": {"hasNextPage": false}, "nodes": [{"id": "D_\(number)", "number": \(number), "title": "Rope \(number)",
    "url": "https://github.com/o/r/discussions/\(number)", "body": \(quoted(body)), "createdAt": "2022-01-01T10:00:00Z",
    "lastEditedAt": null, "closed": false, "locked": false, "author": {"login": "maren", "url": "https://github.com/maren", "name": null},
    "category": {"name": "Q&A", "slug": "q-a", "description": "Ask.", "isAnswerable": true},
    "labels": {"nodes": [{"name": "craft"}]}, "reactions": {"totalCount": 1}, "answer": {"id": "DC_2"},
    "comments": {"totalCount": \(total), "nodes": [\(comments.joined(separator: ","))]}\(more)}]}}}}
    """
  }

  @Test("become questions with answers, replies and members, and what the file lacks is told")
  func whole() async throws {
    let first = page(
      1, "See <b>this</b>.\r\n\r\n```\r\n<b>\r\n```",
      [
        comment(
          1,
          replies: comment(
            2, "See https://github.com/o/r/discussions/2", author: #"{"login": "Bo-1"}"#), total: 3),
        comment(3, author: "null"),
        comment(4, more: #", "isMinimized": true, "minimizedReason": "SPAM""#).replacingOccurrences(
          of: #""isMinimized": false, "#, with: ""),
        comment(5, more: #", "deletedAt": "2022-02-02T00:00:00Z""#, replies: comment(6))
          .replacingOccurrences(of: #""deletedAt": null, "#, with: "", options: [], range: nil),
      ], total: 120)
    let source = try SourceFolder(["d.json": first + "\n" + page(2, "Two.", [], total: 0)])
    defer { source.remove() }
    try source.edit("stoa.yml", "title: Ours\n")
    try source.edit("content/contributors/bo.md", "---\nname: Bo\naccounts: 'github:bo-1'\n---\n")
    let report = try await source.run(.discussions, "d.json")
    #expect(report.sum("post") == [2, 2, 0, 0])
    #expect(report.sum("comment").first == 6)
    let post = try source.matter("content/posts/rope-1.md")
    #expect(post.contains("kind: question"))
    #expect(post.contains("answer: discussioncomment-2"))
    #expect(post.contains("source: 'https://github.com/o/r/discussions/1'"))
    #expect(post.contains("author: maren") && post.contains("  - 'Q&A'"))
    let threads = try source.threads(of: "rope-1")
    #expect(threads["discussioncomment-2"] == "discussioncomment-1")
    #expect(
      try source.matter("content/responses/rope-1/discussioncomment-2.md").contains("author: bo"))
    #expect(
      try source.matter("content/responses/rope-1/discussioncomment-3.md").contains("guest: ghost"))
    #expect(
      try source.body("content/responses/rope-1/discussioncomment-2.md")
        == "See [https://github.com/o/r/discussions/2](../../posts/rope-2.md)")
    #expect(report.outcome(of: "DC_4") == "left out: its source hides it (spam)")
    let notes = report.notes(on: "discussion-1")
    #expect(notes.contains("its discussion has 120 answers, and the file holds 4"))
    #expect(notes.contains("its comment discussioncomment-1 has 3 answers, and the file holds 1"))
    #expect(report.notes.contains { $0.hasSuffix("reactions were left out") })
    #expect(try await source.errors() == [])
  }

  @Test("that giscus began find the post that they are about")
  func giscus() async throws {
    let body = "# posts/rope\n\nhttps://ours.example/posts/rope/\n\n<!-- sha1: 12ab -->"
    let source = try SourceFolder(["d.json": page(7, body, [comment(1)], total: 1, all: 1)])
    defer { source.remove() }
    try source.edit("stoa.yml", "title: Ours\n")
    try source.edit(
      "content/posts/rope.md", "---\ntitle: R\nauthor: Maren\ndate: 2019-03-01\n---\n\nText.\n")
    let report = try await source.run(.discussions, "d.json")
    #expect(report.sum("post") == [1, 0, 1, 0])
    #expect(try source.threads(of: "rope") == ["discussioncomment-1": ""])
  }

  @Test("that are cut off are refused with their place")
  func cut() async throws {
    let whole = page(1, "Text", [], total: 0)
    let source = try SourceFolder(["d.json": String(whole.prefix(whole.count / 2))])
    defer { source.remove() }
    let failure = try await #require(throws: ImportFailure.self) {
      try await source.run(.discussions, "d.json")
    }
    #expect(failure.line > 1)
  }
}
