import Foundation
import StoaImport
import Testing

@Suite("JSON Lines") struct LinesTests {
  private let lines = """
    {"type":"site","title":"Old","url":"https://old.example"}
    {"type":"response","id":"b","post":"rope","reply-to":"a","author":"maren","date":"2019-03-03","text":"*Yes*, see [knot](https://old.example/knot/)."}
    {"type":"post","id":"rope","title":"Rope","author":["maren","Bo"],"date":"2019-03-01","topics":["Craft"],"kind":"question","answer":"b","text":"About rope.","aliases":["/2019/rope/"]}
    {"type":"post","id":"knot","title":"Knot","author":"maren","date":"2019-03-02","format":"html","text":"<p>About <b>knots</b>.</p>","aliases":["/knot/"]}
    {"type":"person","id":"maren","name":"Maren Berg","url":"https://maren.example","text":"Ties."}
    {"type":"topic","id":"craft","title":"Craft","parent":"Work","text":"Hands."}
    {"type":"topic","id":"work","title":"Work"}
    {"type":"response","id":"a","post":"rope","guest":"Ada","email":"ada@private.example","date":1551517200,"format":"text","text":"1. one\\n# two ada@private.example\\n\\n*three* <b>","stance":"asks"}
    {"type":"response","id":"c","post":"rope","reply-to":"gone","url":null,"guest":"Cy","date":"2019-03-04","state":"spam","text":"Buy"}
    {"type":"response","id":"d","post":"rope","reply-to":"e","guest":"Di","url":null,"source":null,"date":"2019-03-05","text":"Hm"}
    {"type":"response","id":"e","post":"rope","date":"2019-03-04","removed":"Taken back."}
    {"type":"response","id":"x","post":"https://old.example/lost/","guest":"Ed","date":"2019-03-06","text":"Lost"}
    {"type":"vote","id":"v"}
    {"type":"post","id":"cut

    """

  @Test(
    "take no file that is hidden or elsewhere",
    arguments: [
      ".ssh/id", "files/.env", "../elsewhere", "files/../../elsewhere", "/etc/hostname",
      "./../elsewhere", "files//.env",
    ])
  func files(path: String) async throws {
    let source = try SourceFolder([
      "in/out.jsonl": """
      {"type":"post","id":"rope","title":"Rope","author":"maren","date":"2019-03-01","text":"a","files":[{"name":"a.txt","path":"\(path)"},{"name":"b.txt","path":"./files/b"}]}

      """,
      "in/.ssh/id": "secret", "in/files/.env": "secret", "elsewhere": "secret",
      "in/files/b": "open",
    ])
    defer { source.remove() }
    _ = try await source.run(.comments, "in/out.jsonl")
    #expect(source.text("content/posts/rope/index.md") != nil)
    #expect(source.text("content/posts/rope/a.txt") == nil)
    #expect(source.text("content/posts/rope/b.txt") == "open")
  }

  @Test("become posts, people, topics and threads, and what is hidden or broken is counted")
  func whole() async throws {
    let source = try SourceFolder(["comments.jsonl": lines])
    defer { source.remove() }
    let report = try await source.run(.comments, "comments.jsonl")
    #expect(report.sum("post") == [2, 2, 0, 0])
    #expect(report.sum("comment") == [6, 5, 0, 1])
    #expect(report.sum("other item") == [1, 0, 0, 1])
    #expect(report.sum("line") == [1, 0, 0, 1])
    #expect(report.outcome(of: "line 14")?.hasPrefix("left out: column ") == true)
    #expect(try source.threads(of: "rope") == ["a": "", "b": "a", "d": "e", "e": ""])
    let post = try source.matter("content/posts/rope.md")
    #expect(post.contains("kind: question") && post.contains("answer: b"))
    #expect(post.contains("aliases: '/2019/rope/'"))
    #expect(try source.matter("content/responses/rope/b.md").contains("author: maren"))
    #expect(
      try source.body("content/responses/rope/b.md") == "*Yes*, see [knot](../../posts/knot.md).")
    #expect(
      try source.body("content/responses/rope/a.md")
        == "1\\. one\\\n\\# two [address removed]\n\n\\*three\\* \\<b\\>")
    #expect(try source.matter("content/responses/rope/a.md").contains("stance: asks"))
    #expect(try source.matter("content/responses/rope/e.md").contains("removed: Taken back."))
    #expect(try source.body("content/posts/knot.md") == "About **knots**.")
    #expect(try source.body("content/contributors/maren.md") == "Ties.")
    #expect(try source.matter("content/topics/craft.md") == ["title: Craft", "parent: Work"])
    #expect(try source.body("content/posts/lost.md").contains("not part of the import"))
    let everything = try source.files().values.joined() + report.json
    #expect(!everything.contains("private.example"))
    #expect(try await source.errors() == [])
    let before = try source.files()
    let again = try await source.run(.comments, "comments.jsonl")
    #expect(again.count(.unchanged) > 0 && again.count(.updated) == 0)
    #expect(try source.files() == before)
  }

  @Test(
    "find the posts that the community has, by slug, title or old address",
    arguments: ["rope", "Rope", "/old/rope/"])
  func existing(post: String) async throws {
    let source = try SourceFolder([
      "c.jsonl":
        "{\"type\":\"response\",\"id\":\"1\",\"post\":\"\(post)\",\"guest\":\"Ada\",\"date\":\"2019-03-02\",\"text\":\"Hm\"}\n"
    ])
    defer { source.remove() }
    try source.edit("stoa.yml", "title: Ours\n")
    try source.edit(
      "content/posts/rope.md",
      "---\ntitle: Rope\nauthor: Maren\ndate: 2019-03-01\naliases: /old/rope/\n---\n\nText.\n")
    _ = try await source.run(.comments, "c.jsonl")
    #expect(try source.threads(of: "rope") == ["1": ""])
  }

  @Test("that are none are refused with their place", arguments: ["no json\n", "\n\n", "[1]\n"])
  func refused(text: String) async throws {
    let source = try SourceFolder(["c.jsonl": text])
    defer { source.remove() }
    await #expect(throws: ImportFailure.self) { try await source.run(.comments, "c.jsonl") }
    #expect(try source.files().isEmpty)
  }
}
