import Foundation
import StoaImport
import Testing

private let xml = """
  <?xml version="1.0" encoding="utf-8"?>
  <disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
  <thread dsq:id="1"><id>rope</id><forum>old</forum><link>https://old.example/2012/rope/</link>
    <title>Rope</title><createdAt>2012-01-01T00:00:00Z</createdAt><isClosed>false</isClosed>
    <isDeleted>false</isDeleted></thread>
  <thread dsq:id="2"><id/><link>https://old.example/gone.html</link><title>Gone</title>
    <createdAt>2012-01-01T00:00:00Z</createdAt><isDeleted>false</isDeleted></thread>
  <thread dsq:id="3"><id/><link>https://old.example/silent.html</link><title>Silent</title></thread>
  <post dsq:id="12"><message><![CDATA[<p>A reply.</p>]]></message><createdAt>2012-01-03T00:00:00Z</createdAt>
    <isDeleted>false</isDeleted><isSpam>false</isSpam><author><email>ada@private.example</email>
    <name>Ada</name></author><ipAddress>203.0.113.9</ipAddress><thread dsq:id="1"/><parent dsq:id="11"/></post>
  <post dsq:id="11"><message><![CDATA[<p>First, <b>bold</b>.</p>]]></message>
    <createdAt>2012-01-02T00:00:00Z</createdAt><isDeleted>true</isDeleted><isSpam>false</isSpam>
    <author><name>Bo</name></author><thread dsq:id="1"/></post>
  <post dsq:id="21"><message>Plain.</message><createdAt>2012-01-02T00:00:00Z</createdAt>
    <isDeleted>false</isDeleted><isSpam>false</isSpam><author><name>Cy</name></author><thread dsq:id="2"/></post>
  <post dsq:id="22"><message>Buy!</message><createdAt>2012-01-02T00:00:00Z</createdAt>
    <isDeleted>false</isDeleted><isSpam>true</isSpam><author><name>X</name></author><thread dsq:id="2"/></post>
  </disqus>
  """

@Suite("Disqus's exports") struct DisqusTests {
  @Test(
    "find their posts by old address, slug or title, and keep the rest in posts of their own",
    arguments: [
      "title: T\naliases: /2012/rope/", "title: Rope", "title: T\nx-slug: rope",
    ])
  func matching(matter: String) async throws {
    let source = try SourceFolder(["disqus.xml": xml])
    defer { source.remove() }
    let slug = matter.contains("x-slug") ? "rope" : "cord"
    try source.edit("stoa.yml", "title: Ours\n")
    try source.edit(
      "content/posts/\(slug).md",
      "---\n\(matter)\nauthor: Maren\ndate: 2012-01-01\n---\n\nOurs.\n")
    let report = try await source.run(.disqus, "disqus.xml")
    #expect(report.sum("thread") == [3, 1, 1, 1])
    #expect(report.sum("comment") == [4, 2, 0, 2])
    // The deleted comment keeps its place, because it has an answer.
    #expect(try source.threads(of: slug) == ["comment-11": "", "comment-12": "comment-11"])
    #expect(
      try source.matter("content/responses/\(slug)/comment-11.md").contains {
        $0.hasPrefix("removed: ")
      })
    #expect(source.text("content/responses/\(slug)/comment-11.md")?.contains("bold") == false)
    #expect(try source.body("content/posts/gone.md").contains("not part of the import"))
    #expect(try source.body("content/responses/gone/comment-21.md") == "Plain.")
    let everything = try source.files().values.joined() + report.json
    #expect(!everything.contains("private.example") && !everything.contains("203.0.113.9"))
    #expect(try await source.errors() == [])
    let before = try source.files()
    _ = try await source.run(.disqus, "disqus.xml")
    #expect(try source.files() == before)
  }

  @Test("give a post that stands in for a page the date of its first comment")
  func standInDate() async throws {
    let source = try SourceFolder([
      "disqus.xml": xml.replacingOccurrences(
        of: "2012-01-01T00:00:00Z", with: "2016-01-01T00:00:00Z")
    ])
    defer { source.remove() }
    _ = try await source.run(.disqus, "disqus.xml")
    #expect(try source.matter("content/posts/gone.md").contains("date: 2012-01-02T00:00:00Z"))
    #expect(
      try await source.warnings().filter {
        $0.contains("older-than-parent") && $0.contains("/gone/")
      } == [])
  }

  @Test("lead from one page of the site to another")
  func links() async throws {
    let link = "<p>See <a href=\"https://old.example/gone.html#comment-21\">there</a>.</p>"
    let source = try SourceFolder([
      "disqus.xml": xml.replacingOccurrences(of: "<p>A reply.</p>", with: link)
    ])
    defer { source.remove() }
    _ = try await source.run(.disqus, "disqus.xml")
    #expect(
      try source.body("content/responses/rope/comment-12.md")
        == "See [there](../../posts/gone.md#response-comment-21).")
    #expect(try await source.errors() == [])
  }

  @Test("lose one comment to a character that XML cannot hold, and none when it is taken out")
  func characters() async throws {
    let source = try SourceFolder([
      "disqus.xml": xml.replacingOccurrences(of: "Plain.", with: "Pl\u{1}ain.")
    ])
    defer { source.remove() }
    let broken = try await source.run(.disqus, "disqus.xml") { $0.isDryRun = true }
    #expect(broken.outcome(of: "comment-21")?.contains("U+0001 is a character") == true)
    #expect(broken.sum("comment") == [4, 1, 0, 3])
    let report = try await source.run(.disqus, "disqus.xml") { $0.repairs = true }
    #expect(report.sum("comment") == [4, 2, 0, 2])
    #expect(try source.body("content/responses/gone/comment-21.md") == "Plain.")
  }

  @Test("are told from what Disqus imports")
  func customImport() async throws {
    let source = try SourceFolder([
      "disqus.xml": "<rss version=\"2.0\"><channel><item><title>x</title></item></channel></rss>"
    ])
    defer { source.remove() }
    let failure = try await #require(throws: ImportFailure.self) {
      try await source.run(.disqus, "disqus.xml")
    }
    #expect(failure.reason.contains("stoa import wordpress"))
  }

  @Test(
    "of a real site are accounted for",
    .enabled(if: sharedData != nil, "../shared/data is not there"))
  func real() async throws {
    let folder = try #require(sharedData)
    let target = try SourceFolder()
    defer { target.remove() }
    let report = try await importConversations(
      ImportOptions(
        .disqus, from: "\(folder)/disqus/disqus.xml", into: target.community.path))
    #expect(report.sum("thread").first == 2)
    #expect(report.sum("comment").first == 6)
    #expect(try await target.errors() == [])
  }
}
