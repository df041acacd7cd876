import Foundation
import StoaImport
import Testing

@Suite("Topics of Discourse") struct DiscourseTests {
  private func post(_ number: Int, _ raw: String, more: String = "") -> String {
    let text = String(decoding: (try? JSONEncoder().encode(raw)) ?? Data(), as: UTF8.self)
    return """
      {"id": \(100 + number), "name": "Ada", "username": "ada", "created_at": "2021-01-0\(number)T10:00:00.000Z",
      "raw": \(text), "post_number": \(number), "post_type": 1\(more.isEmpty ? "" : ", " + more)}
      """
  }

  private func topic(_ id: Int, _ posts: [String], more: String = "") -> String {
    """
    {"id": \(id), "title": "Rope &amp; wire", "slug": "rope-\(id)", "category_id": 5, "tags": ["craft"], "closed": false\(more),
    "post_stream": {"posts": [\(posts.joined(separator: ","))], "stream": [1,2,3,4,5,6,7,8,9]}}
    """
  }

  private let categories = """
    {"category_list": {"categories": [{"id": 4, "name": "Hands", "description_text": "All."},
    {"id": 5, "name": "Ropes", "parent_category_id": 4}, {"id": 6, "name": "Empty"}]}}
    """

  @Test("become questions with answers, threads and quotations that lead to what they quote")
  func whole() async throws {
    let source = try SourceFolder([
      "12.json": topic(
        12,
        [
          post(1, "First ![k|690x300](upload://2P8NO7QQpQa1Wbi8pKOnGhPpkOx.png)"),
          post(2, "Two", more: "\"reply_to_post_number\": 1"),
          post(
            3, "[quote=\"ada, post:2, topic:12\"]\nTwo\n[/quote]\n\nThree <b>bold</b>",
            more: "\"reply_to_post_number\": 2, \"accepted_answer\": true"),
          post(4, "Whisper", more: "\"post_type\": 4").replacingOccurrences(
            of: "\"post_type\": 1, ", with: ""),
          post(5, "Closed", more: "\"post_type\": 3").replacingOccurrences(
            of: "\"post_type\": 1, ", with: ""),
          post(6, "Gone", more: "\"deleted_at\": \"2021-02-01\""),
          post(
            7,
            "[details=\"More\"]\ninside\n[/details]\n[poll type=regular]\n* a\n* b\n[/poll]\n`[quote]`"
          ),
        ]),
      "13.json": topic(
        13,
        [post(1, "See https://forum.example/t/rope-12/12/3 and https://forum.example/t/rope-12/12")]
      ),
      "posts/a.json": post(8, "Archived", more: "\"topic_id\": 12, \"topic_slug\": \"rope-12\""),
      "categories.json": categories, "broken.json": "{\"id\": ", "site.json": "{}",
    ])
    defer { source.remove() }
    let report = try await source.run(.discourse) { $0.oldSites = ["https://forum.example"] }
    #expect(report.sum("post") == [2, 2, 0, 0])
    #expect(report.sum("comment") == [7, 4, 0, 3])
    #expect(report.sum("file") == [2, 0, 0, 2])
    let matter = try source.matter("content/posts/rope-12.md")
    #expect(matter.contains("title: 'Rope & wire'"))
    #expect(matter.contains("kind: question") && matter.contains("answer: post-3"))
    #expect(matter.contains("source: 'https://forum.example/t/rope-12/12'"))
    #expect(try source.matter("content/topics/ropes.md").contains("parent: Hands"))
    #expect(
      try source.threads(of: "rope-12") == [
        "post-2": "", "post-3": "post-2", "post-7": "", "post-8": "",
      ])
    #expect(
      try source.body("content/responses/rope-12/post-3.md")
        == "> [ada:](../../posts/rope-12.md#response-post-2)\n>\n> Two\n\nThree **bold**")
    #expect(
      try source.body("content/responses/rope-12/post-7.md").contains("> [!NOTE]- More\n> inside"))
    #expect(try source.body("content/responses/rope-12/post-7.md").contains("`[quote]`"))
    #expect(
      try source.body("content/posts/rope-13.md")
        == "See [https://forum.example/t/rope-12/12/3](rope-12.md#response-post-3) and [https://forum.example/t/rope-12/12](rope-12.md)"
    )
    #expect(report.notes(on: "topic-12").contains("it has 9 posts, and the folder holds 8"))
    #expect(try await source.errors() == [])
  }

  @Test(
    "that only some may read are for nobody else",
    arguments: [("", false), ("audiences: [team, public]\n", true)])
  func restricted(settings: String, isThere: Bool) async throws {
    let categories = """
      {"categories": [{"id": 5, "name": "Ropes"}, {"id": 7, "name": "Staff", "read_restricted": true,
      "description_text": "Whispered."}]}
      """
    let staff = topic(2, [post(1, "Whispered.")]).replacingOccurrences(
      of: "\"category_id\": 5", with: "\"category_id\": 7")
    let source = try SourceFolder([
      "1.json": topic(1, [post(1, "Open.")]), "2.json": staff, "categories.json": categories,
      "3.json": topic(3, [post(1, "Whispered.")], more: ", \"archetype\": \"private_message\""),
      "4.json": topic(4, [post(1, "Whispered.")], more: ", \"deleted_at\": \"2021-02-01\""),
    ])
    defer { source.remove() }
    if isThere { try source.edit("stoa.yml", "title: Ropes\n\(settings)") }
    _ = try await source.run(.discourse)
    #expect(source.text("content/posts/rope-1.md") != nil)
    #expect(source.text("content/posts/rope-3.md") == nil)
    #expect(source.text("content/posts/rope-4.md") == nil)
    #expect(source.text("content/topics/staff.md") == nil)
    #expect((source.text("content/posts/rope-2.md") != nil) == isThere)
    if isThere { #expect(try source.matter("content/posts/rope-2.md").contains("audience: team")) }
  }

  @Test("have the files that were uploaded, if a copy of these is there")
  func uploads() async throws {
    // The name in base 62 is this SHA-1.
    let hash = "0000000000000000000000000000000000000001"
    let source = try SourceFolder([
      "1.json": topic(1, [post(1, "![a](upload://1.png)")]), "uploads/original/\(hash).png": "PNG",
    ])
    defer { source.remove() }
    let report = try await source.run(.discourse)
    #expect(try source.body("content/posts/rope-1/index.md") == "![a](\(hash).png)")
    #expect(report.sum("file") == [1, 1, 0, 0])
  }

  @Test("without the text as it was typed have it as it was shown")
  func cooked() async throws {
    let html =
      "<aside class=\\\"quote\\\" data-post=\\\"1\\\" data-topic=\\\"1\\\"><blockquote><p>a</p></blockquote></aside><p>b <em>c</em></p>"
    let second =
      "{\"id\": 2, \"username\": \"bo\", \"name\": null, \"created_at\": \"2021-01-02T10:00:00Z\", \"cooked\": \"\(html)\", \"post_number\": 2}"
    let source = try SourceFolder(["1.json": topic(1, [post(1, "First"), second])])
    defer { source.remove() }
    _ = try await source.run(.discourse)
    #expect(
      try source.body("content/responses/rope-1/post-2.md")
        == "[↑](../../posts/rope-1.md)\n\n> a\n\nb *c*")
    #expect(try source.matter("content/responses/rope-1/post-2.md").contains("guest: bo"))
  }

  @Test("that are hostile cost no time")
  func hostile() async throws {
    for piece in ["[quote]", "[quote=\"a\"]x[/quote]", "[details=", "[b]", "[date=", "upload://a "]
    {
      let source = try SourceFolder([
        "1.json": topic(1, [post(1, String(repeating: piece + " word ", count: 3_000))])
      ])
      defer { source.remove() }
      _ = try await source.run(.discourse)
      #expect(
        try source.body("content/posts/rope-1.md").components(separatedBy: "word").count == 3_001)
    }
  }
}
