import Foundation
import StoaImport
import Testing

/// An export with the given items.
private func export(_ items: String, version: String = "1.2", head: String = "") -> String {
  """
  <?xml version="1.0" encoding="UTF-8"?>
  <rss version="2.0" xmlns:excerpt="http://wordpress.org/export/\(version)/excerpt/"
    xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:wp="http://wordpress.org/export/\(version)/">
  <channel><title>Old &amp; new</title><link>https://old.example</link>
  <wp:base_blog_url>https://old.example</wp:base_blog_url>\(head)
  \(items)
  </channel></rss>
  """
}

private func item(
  _ id: Int, _ text: String = "Text.", slug: String = "rope", type: String = "post",
  status: String = "publish", more: String = ""
) -> String {
  """
  <item><title>Rope &amp; wire</title><link>https://old.example/2012/01/\(slug)/</link>
  <dc:creator><![CDATA[maren]]></dc:creator><content:encoded><![CDATA[\(text)]]></content:encoded>
  <excerpt:encoded><![CDATA[]]></excerpt:encoded><wp:post_id>\(id)</wp:post_id>
  <wp:post_date>2012-01-07 10:00:00</wp:post_date><wp:post_date_gmt>2012-01-07 17:00:00</wp:post_date_gmt>
  <wp:comment_status>open</wp:comment_status><wp:post_name>\(slug)</wp:post_name>
  <wp:status>\(status)</wp:status><wp:post_type>\(type)</wp:post_type>\(more)</item>
  """
}

private func comment(
  _ id: Int, parent: Int = 0, approved: String = "1", type: String = "", user: Int = 0,
  _ text: String = "Well said."
) -> String {
  """
  <wp:comment><wp:comment_id>\(id)</wp:comment_id><wp:comment_author><![CDATA[Ada]]></wp:comment_author>
  <wp:comment_author_email>ada@private.example</wp:comment_author_email>
  <wp:comment_author_url>https://ada.example</wp:comment_author_url>
  <wp:comment_author_IP>203.0.113.9</wp:comment_author_IP>
  <wp:comment_date>2012-01-08 10:00:00</wp:comment_date>
  <wp:comment_date_gmt>2012-01-08 17:00:0\(id % 10)</wp:comment_date_gmt>
  <wp:comment_content><![CDATA[\(text)]]></wp:comment_content>
  <wp:comment_approved>\(approved)</wp:comment_approved><wp:comment_type>\(type)</wp:comment_type>
  <wp:comment_parent>\(parent)</wp:comment_parent><wp:comment_user_id>\(user)</wp:comment_user_id></wp:comment>
  """
}

@Suite("WordPress's exports") struct WordPressTests {
  private func importing(
    _ xml: String, _ check: (SourceFolder, ImportReport) throws -> Void
  ) async throws {
    let source = try SourceFolder(["export.xml": xml])
    defer { source.remove() }
    let report = try await source.run(.wordpress, "export.xml")
    try check(source, report)
    #expect(try await source.errors() == [])
  }

  @Test("keep threads, voices and mentions apart", arguments: ["1.0", "1.1", "1.2"])
  func comments(version: String) async throws {
    let author =
      "<wp:author><wp:author_id>7</wp:author_id><wp:author_login>maren</wp:author_login>"
      + "<wp:author_email>m@private.example</wp:author_email>"
      + "<wp:author_display_name>Maren B.</wp:author_display_name></wp:author>"
    let comments = [
      comment(1), comment(2, parent: 1, user: 7), comment(3, parent: 2),
      comment(4, type: "pingback"),
      comment(5, approved: "0"), comment(6, approved: "spam"), comment(7, approved: "trash"),
      comment(8, type: "order_note"),
    ]
    let xml = export(
      item(1, more: comments.joined()), version: version, head: version == "1.0" ? "" : author)
    try await importing(xml) { source, report in
      #expect(report.sum("comment") == [8, 4, 0, 4])
      #expect(
        try source.threads(of: "rope") == [
          "comment-1": "", "comment-2": "comment-1", "comment-3": "comment-2", "comment-4": "",
        ])
      let reply = try source.matter("content/responses/rope/comment-2.md")
      #expect(reply.contains(version == "1.0" ? "author: Ada" : "author: maren"))
      #expect(reply.contains("aliases: comment-2"))
      #expect(reply.contains("date: 2012-01-08T17:00:02Z"))
      #expect(try source.matter("content/responses/rope/comment-1.md").contains("guest: Ada"))
      #expect(try source.matter("content/responses/rope/comment-4.md").contains("kind: mention"))
      let everything = try source.files().values.joined() + report.json
      #expect(!everything.contains("private.example") && !everything.contains("203.0.113.9"))
    }
  }

  @Test("bring drafts as drafts, and nothing private into a community without audiences")
  func states() async throws {
    let items = [
      item(1, slug: "a"), item(2, slug: "b", status: "draft"), item(3, slug: "c", status: "future"),
      item(4, slug: "d", status: "private"), item(5, slug: "e", type: "nav_menu_item"),
      item(6, slug: "f", type: "page"),
    ].joined()
    try await importing(export(items)) { source, report in
      #expect(report.sum("post") == [4, 3, 0, 1])
      let draft = try source.matter("content/posts/b.md")
      #expect(draft.contains("draft: true"))
      #expect(try source.matter("content/posts/c.md").contains("draft: true"))
      #expect(try source.matter("content/posts/a.md").contains("aliases: '/2012/01/a/'"))
      #expect(source.text("content/pages/f.md") != nil)
      #expect(report.outcome(of: "post-4")?.hasPrefix("left out: it is private") == true)
    }
  }

  @Test("give what is private the narrowest audience")
  func audiences() async throws {
    let source = try SourceFolder([
      "export.xml": export(item(1, slug: "a") + item(2, slug: "b", status: "private"))
    ])
    defer { source.remove() }
    try source.edit("stoa.yml", "title: Ours\naudiences: [team, public]\n")
    _ = try await source.run(.wordpress, "export.xml")
    #expect(try source.matter("content/posts/a.md").contains("audience: public"))
    #expect(try source.matter("content/posts/b.md").contains("audience: team"))
    #expect(try await source.errors() == [])
  }

  @Test(
    "give texts the paragraphs that WordPress shows, and simple shortcodes their meaning",
    arguments: [
      ("One\ntwo\n\nthree <b>four</b>", "One  \ntwo\n\nthree **four**"),
      ("a\n<ul>\n<li>b</li>\n</ul>\nc", "a\n\n- b\n\nc"),
      ("<!-- wp:paragraph -->\n<p>Block.</p>\n<!-- /wp:paragraph -->", "Block."),
      (
        "[caption id=\"x\" width=\"3\"]<img src=\"https://e.example/a.png\" alt=\"A\" /> Words[/caption]",
        "![A](https://e.example/a.png)\n\n*Words*"
      ),
      ("[gallery ids=\"1,2\"]", "\\[gallery ids=\"1,2\"\\]"),
      ("<pre>a\n\n[b c=\"d\"]</pre>", "    a\n\n    [b c=\"d\"]"),
      ("x <iframe src=\"https://v.example/1\"></iframe>", "x <https://v.example/1>"),
    ])
  func texts(html: String, markdown: String) async throws {
    try await importing(export(item(1, html))) { source, report in
      let text = try #require(source.text("content/posts/rope.md"))
      let body = text.components(separatedBy: "---\n\n").dropFirst().joined(separator: "---\n\n")
      // Before its third version, pandoc indents items by four columns.
      #expect(body.replacingOccurrences(of: "-   ", with: "- ") == markdown + "\n")
      #expect(report.notes(on: "post-1").isEmpty != html.hasPrefix("[gallery"))
    }
  }

  @Test("keep HTML when asked, and when there is no pandoc", arguments: [true, false])
  func keptHTML(isAsked: Bool) async throws {
    let source = try SourceFolder(["export.xml": export(item(1, "One <b>two</b>"))])
    defer { source.remove() }
    let report = try await source.run(.wordpress, "export.xml") { options in
      options.keepsHTML = isAsked
      if !isAsked { options.pandoc = nil }
    }
    #expect(try source.body("content/posts/rope.md") == "<p>One <b>two</b></p>")
    #expect(report.notes.isEmpty == isAsked)
    #expect(try await source.errors() == [])
  }

  @Test("take a slug that was cut within a letter, and two posts with one slug or id")
  func slugs() async throws {
    let items = item(1, slug: "caf%c3%a9-%c3") + item(2) + item(3) + item(3)
    try await importing(export(items)) { source, report in
      #expect(report.sum("post") == [4, 4, 0, 0])
      for slug in ["café", "rope", "rope-2", "rope-3"] {
        #expect(source.text("content/posts/\(slug).md") != nil, "\(slug)")
      }
    }
  }

  @Test("keep the hierarchy of topics, without circles")
  func topics() async throws {
    func category(_ slug: String, _ name: String, _ parent: String) -> String {
      "<wp:category><wp:category_nicename>\(slug)</wp:category_nicename>"
        + "<wp:category_parent>\(parent)</wp:category_parent><wp:cat_name><![CDATA[\(name)]]></wp:cat_name></wp:category>"
    }
    let head =
      category("knots", "Knots", "craft") + category("craft", "Craft", "")
      + category("a", "Aa", "b") + category("b", "Bb", "a")
    let filed = "<category domain=\"category\" nicename=\"knots\"><![CDATA[Knots]]></category>"
    try await importing(export(item(1, more: filed), head: head)) { source, report in
      #expect(report.sum("topic").first == 4)
      let knots = try source.matter("content/topics/knots.md")
      #expect(knots == ["title: Knots", "parent: Craft"])
      #expect(try source.matter("content/posts/rope.md").contains("topics: Knots"))
    }
  }

  @Test("put attachments beside their post and make links lead there")
  func attachments() async throws {
    let attachment = item(
      9, slug: "pic", type: "attachment", status: "inherit",
      more:
        "<wp:post_parent>1</wp:post_parent><wp:attachment_url>https://old.example/wp-content/uploads/2012/01/pic.png</wp:attachment_url>"
    )
    let text =
      "<img src=\"https://old.example/wp-content/uploads/2012/01/pic-300x200.png\" alt=\"P\">"
    let source = try SourceFolder([
      "export.xml": export(item(1, text) + attachment), "uploads/2012/01/pic.png": "PNG",
    ])
    defer { source.remove() }
    let report = try await source.run(.wordpress, "export.xml") {
      $0.uploads = source.source.appending(path: "uploads").path
    }
    #expect(report.sum("attachment") == [1, 1, 0, 0])
    #expect(source.text("content/posts/rope/pic.png") == "PNG")
    #expect(try source.body("content/posts/rope/index.md") == "![P](pic.png)")
    #expect(try await source.errors() == [])
  }

  @Test("make links between their pages links between the new ones")
  func links() async throws {
    let text =
      "<a href=\"http://www.old.example/2012/01/rope/#comment-1\">a</a> <a href=\"/?p=1\">b</a> "
      + "<a href=\"https://old.example/tag/x/\">c</a> https://old.example/2012/01/rope/ "
      + "<a href=\"https://other.example/2012/01/rope/\">d</a>"
    let reply = comment(
      2, "Like https://old.example/2012/01/knot/, and <a href=\"#comment-1\">this</a>.")
    let items =
      item(1, more: comment(1) + reply) + item(2, text, slug: "knot")
    try await importing(export(items)) { source, report in
      #expect(
        try source.body("content/posts/knot.md")
          == "[a](rope.md#response-comment-1) [b](rope.md) [c](https://old.example/tag/x/) "
          + "[https://old.example/2012/01/rope/](rope.md) [d](https://other.example/2012/01/rope/)")
      let reply = try source.body("content/responses/rope/comment-2.md")
      #expect(
        reply
          == "Like [https://old.example/2012/01/knot/](../../posts/knot.md), and [this](#comment-1)."
      )
      #expect(report.notes(on: "post-2").count == 1)
    }
  }

  @Test("make links to a further address of the old site links to the new one, if that is named")
  func oldSite() async throws {
    let text = "<a href=\"https://older.example/2012/01/rope/\">a</a>"
    let source = try SourceFolder([
      "export.xml": export(item(1) + item(2, text, slug: "knot"))
    ])
    defer { source.remove() }
    _ = try await source.run(.wordpress, "export.xml") { $0.oldSites = ["https://older.example"] }
    #expect(try source.body("content/posts/knot.md") == "[a](rope.md)")
  }

  @Test("put a picture that two posts show beside both")
  func sharedAttachment() async throws {
    let attachment = item(
      9, slug: "pic", type: "attachment", status: "inherit",
      more:
        "<wp:post_parent>1</wp:post_parent><wp:attachment_url>https://old.example/wp-content/uploads/2012/01/pic.png</wp:attachment_url>"
    )
    let text =
      "<img src=\"https://old.example/wp-content/uploads/2012/01/pic-300x200.png\" alt=\"P\">"
    let source = try SourceFolder([
      "export.xml": export(item(1, text) + item(2, text, slug: "knot") + attachment),
      "uploads/2012/01/pic.png": "PNG",
    ])
    defer { source.remove() }
    let report = try await source.run(.wordpress, "export.xml") {
      $0.uploads = source.source.appending(path: "uploads").path
    }
    #expect(report.sum("attachment") == [1, 1, 0, 0])
    for slug in ["rope", "knot"] {
      #expect(source.text("content/posts/\(slug)/pic.png") == "PNG")
      #expect(try source.body("content/posts/\(slug)/index.md") == "![P](pic.png)")
    }
    #expect(try await source.errors() == [])
  }

  @Test(
    "say which character XML cannot hold and where, and take it out when asked",
    arguments: ["a\u{8}b", "a\u{FFFE}b", "a]]>&#x1F;<![CDATA[b"])
  func characters(text: String) async throws {
    let source = try SourceFolder(["export.xml": export(item(1, text + " &#8;"))])
    defer { source.remove() }
    let failure = try await #require(throws: ImportFailure.self) {
      try await source.run(.wordpress, "export.xml")
    }
    #expect(failure.line >= 7 && failure.column > 1)
    #expect(failure.reason.contains("U+") && failure.reason.contains("--repair"))
    let report = try await source.run(.wordpress, "export.xml") { $0.repairs = true }
    #expect(report.notes.contains("a character that XML cannot hold was taken out"))
    #expect(try source.body("content/posts/rope.md").hasPrefix("ab"))
    #expect(try await source.errors() == [])
  }

  @Test(
    "are refused with line and column when the XML is broken",
    arguments: [
      ("<rss><channel>\n<item></channel></rss>", 2), ("<rss>\n\n<channel><item>", 3),
      ("<rss><channel>\n\u{1}</channel></rss>", 2),
      ("<!DOCTYPE r [<!ENTITY a \"b\">]>\n<rss><channel>&a;</channel></rss>", 1),
      ("<rss><channel>\n<title>&nope;</title></channel></rss>", 2),
      ("<html><body>\n<p>x</p></body></html>", 2),
    ])
  func broken(xml: String, line: Int) async throws {
    let source = try SourceFolder(["export.xml": xml])
    defer { source.remove() }
    let failure = try await #require(throws: ImportFailure.self) {
      try await source.run(.wordpress, "export.xml")
    }
    #expect(failure.line == line)
    #expect(failure.column > 0)
    #expect(try source.files().isEmpty)
  }
}

@Suite(
  "WordPress's own test export", .enabled(if: sharedData != nil, "../shared/data is not there"))
struct RealWordPressTests {
  @Test("comes over whole")
  func whole() async throws {
    let folder = try #require(sharedData)
    let target = try SourceFolder()
    defer { target.remove() }
    try target.edit("stoa.yml", "title: Ours\naudiences: [team, public]\n")
    let report = try await importConversations(
      ImportOptions(
        .wordpress, from: "\(folder)/wordpress/themeunittestdata.wordpress.xml",
        into: target.community.path))
    #expect(report.sum("comment") == [33, 30, 0, 3])
    let responses = try target.files().filter { $0.key.hasPrefix("content/responses/") }.values
    #expect(responses.count { $0.contains("\nkind: mention\n") } == 4)
    let threads = try target.threads(of: "template-comments")
    let depths = threads.keys.map { id in
      sequence(first: id) { threads[$0] }.prefix { !$0.isEmpty }.count
    }
    #expect(depths.max() == 10)
    #expect(try await target.errors() == [])
  }
}
