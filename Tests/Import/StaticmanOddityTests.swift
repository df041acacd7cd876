import Foundation
import StoaImport
import Testing

private let post = "---\ntitle: Rope\ndate: 2019-03-01\n---\n\nAbout rope.\n"

@Suite("Comment files of every shape") struct StaticmanOddityTests {
  /// Imports one comment file beside a post, checks that the result builds, and returns it.
  private func importing(
    _ name: String, _ text: String,
    _ check: (SourceFolder, ImportReport) throws -> Void
  ) async throws {
    let source = try SourceFolder([
      "content/post/rope.md": post, "data/comments/rope/\(name)": text,
    ])
    defer { source.remove() }
    let report = try await source.run(.staticman)
    try check(source, report)
    #expect(try await source.errors() == [])
  }

  @Test(
    "are read, and names that look like something else stay text",
    arguments: [
      ("c.yml", "name: null\nmessage: yes\ndate: 1551690601"),
      ("c.yml", "name: No\nmessage: '007'\ndate: 1551690601000"),
      ("c.yml", "\u{FEFF}name: !!python/unicode 'Zoë'\nmessage: \"a\\r\\nb\"\ndate: 2019-03-04"),
      ("c.yml", "name: !binary |\n  Wm/Dqw==\nmessage: hi\ndate: 2019-03-04T09:10:01.1234567Z"),
      ("c.yml", "name: &a 12\nmessage: *a\ndate: 2019-03-04 09:10:01 UTC"),
      ("c.json", #"{"name":"true","message":"a\u00e9\ud83d\ude00","date":1551690601}"#),
      ("c.md", "---\nname: Ada\ndate: 2019-03-04\n---\n\nBelow the fence.\n"),
      ("c.md", "+++\nname = \"Ada\"\ndate = 2019-03-04T09:10:01Z\n+++\n\nBelow the fence.\n"),
      ("c.yml", "name: Ada\r\nmessage: one\r\ndate: 2019-03-04\r\n"),
      ("c.yml", "---\nname: Ada\nmessage: one\ndate: 2019-03-04\n---\n"),
    ])
  func shapes(name: String, text: String) async throws {
    let expected: [String: (String, String, String)] = [
      "null": ("'null'", "yes", "2019-03-04T09:10:01Z"),
      "No": ("'No'", "007", "2019-03-04T09:10:01Z"),
      "Zoë": ("'Zoë'", "a\nb", "2019-03-04"),
      "Wm/": ("'Zoë'", "hi", "2019-03-04T09:10:01Z"),
      "12": ("'12'", "12", "2019-03-04T09:10:01Z"),
      "true": ("'true'", "aé😀", "2019-03-04T09:10:01Z"),
      "+++": ("Ada", "Below the fence.", "2019-03-04T09:10:01Z"),
      "Below": ("Ada", "Below the fence.", "2019-03-04"),
      "Ada": ("Ada", "one", "2019-03-04"),
    ]
    let order = ["null", "No", "Zoë", "Wm/", "12", "true", "+++", "Below", "Ada"]
    let key = try #require(order.first { text.contains($0) })
    let (guest, body, date) = try #require(expected[key])
    try await importing(name, text) { source, _ in
      let matter = try source.matter("content/responses/rope/c.md")
      #expect(matter.contains("guest: \(guest)"))
      #expect(matter.contains("date: \(date)"))
      #expect(try source.body("content/responses/rope/c.md") == body)
    }
  }

  @Test("lose control characters and nothing else")
  func controlCharacters() async throws {
    try await importing(
      "c.yml", "name: \"A\\x08da\"\nmessage: \"a\\x01b \u{1}c\"\ndate: 2019-03-04"
    ) {
      source, _ in
      let body = try source.body("content/responses/rope/c.md")
      #expect(body.utf8.allSatisfy { $0 >= 0x20 })
    }
  }

  @Test("become markdown when they are HTML, and their scripts do not come along")
  func html() async throws {
    let text =
      "name: Ada\nmessage: '<p>One <b>two</b></p><script>alert(1)</script><p>*three*</p>'\ndate: 2019-03-04"
    try await importing("c.yml", text) { source, _ in
      let body = try source.body("content/responses/rope/c.md")
      #expect(body == "One **two**\n\n\\*three\\*")
    }
  }

  @Test("become markdown with raised and lowered digits")
  func digits() async throws {
    let html =
      "<p>H<sub>2</sub>O, mc<sup>2</sup>, see<sup><a href='https://a.example/#n'>12</a></sup></p>"
    let text = "name: Ada\nmessage: \"\(html)\"\ndate: 2019-03-04"
    try await importing("c.yml", text) { (source, _) throws in
      #expect(
        try source.body("content/responses/rope/c.md")
          == "H₂O, mc², see[¹²](https://a.example/#n)")
    }
  }

  @Test("are left out with the place when they are broken", arguments: ["yml", "json"])
  func broken(ending: String) async throws {
    let text =
      ending == "json"
      ? "{\"name\": \"Ada\",\n \"message\": \"cut o" : "name: Ada\nmessage: \"cut o"
    try await importing("c.\(ending)", text) { source, report in
      let outcome = try #require(report.outcome(of: "data/comments/rope/c.\(ending)"))
      #expect(outcome.hasPrefix("left out: line 2"))
      #expect(report.sum("comment") == [1, 0, 0, 1])
    }
  }

  @Test("keep Liquid and shortcodes visible, and the report lists them")
  func markers() async throws {
    let source = try SourceFolder([
      "_posts/2019-03-01-rope.md":
        "---\ntitle: Rope\n---\n\n{% include a.html %} and {{< mine 1 >}}\n"
    ])
    defer { source.remove() }
    let report = try await source.run(.staticman)
    #expect(
      try source.body("content/posts/rope.md") == "{% include a.html %} and {{\\< mine 1 >}}")
    #expect(report.notes(on: "_posts/2019-03-01-rope.md").count == 1)
    #expect(try await source.errors() == [])
  }
}

@Suite("Threads of broken sources") struct ThreadTests {
  private func comment(_ id: String, _ second: Int, replyTo: String = "") -> String {
    let time = second < 10 ? "0\(second)" : "\(second)"
    return
      "_id: \(id)\nname: Ada\nmessage: hi\nreply_to: '\(replyTo)'\ndate: '2019-03-04T09:10:\(time)Z'\n"
  }

  private func threads(_ comments: [String: String]) async throws -> [String: String] {
    var files = ["_posts/2019-03-01-rope.md": post]
    for (name, text) in comments { files["_data/comments/rope/\(name).yml"] = text }
    let source = try SourceFolder(files)
    defer { source.remove() }
    let report = try await source.run(.staticman)
    #expect(report.sum("comment").first == comments.count)
    #expect(try await source.errors() == [])
    return try source.threads(of: "rope")
  }

  @Test("answer the post where the parent is missing")
  func missingParent() async throws {
    #expect(try await threads(["a": comment("1a", 1, replyTo: "zzz")]) == ["a": ""])
  }

  @Test("keep a parent that was written later than its reply")
  func laterParent() async throws {
    let found = try await threads(["a": comment("1a", 1, replyTo: "2b"), "b": comment("2b", 2)])
    #expect(found == ["a": "b", "b": ""])
  }

  @Test("open a circle at its earliest comment")
  func cycle() async throws {
    let found = try await threads([
      "a": comment("1a", 3, replyTo: "2b"), "b": comment("2b", 1, replyTo: "3c"),
      "c": comment("3c", 2, replyTo: "1a"), "d": comment("4d", 4, replyTo: "4d"),
    ])
    #expect(found == ["a": "b", "b": "", "c": "a", "d": ""])
  }

  @Test("give an id that two have to the earlier one, and keep both")
  func duplicateIds() async throws {
    let found = try await threads([
      "a": comment("same", 2), "b": comment("same", 1), "c": comment("3c", 3, replyTo: "same"),
    ])
    #expect(found == ["a": "", "b": "", "c": "b"])
  }

  @Test("hold 577 responses on one post, in one chain as in a flat list")
  func manyResponses() async throws {
    var comments: [String: String] = [:]
    for number in 0..<577 {
      comments["c\(number)"] = comment(
        "id\(number)x", number % 60, replyTo: number % 7 == 0 ? "" : "id\(number - 1)x")
    }
    let found = try await threads(comments)
    #expect(found.count == 577)
    #expect(found["c8"] == "c7")
    #expect(found["c7"] == "")
  }
}

@Suite("A second import") struct SecondImportTests {
  private let files = [
    "_posts/2019-03-01-rope.md": post,
    "_data/comments/rope/a.yml": "name: Ada\nmessage: One.\ndate: 2019-03-04\n",
    "_data/comments/rope/b.yml": "name: Bo\nmessage: Two.\ndate: 2019-03-05\n",
  ]

  @Test("changes nothing")
  func idempotence() async throws {
    let source = try SourceFolder(files)
    defer { source.remove() }
    _ = try await source.run(.staticman)
    let before = try source.files()
    let report = try await source.run(.staticman)
    #expect(try source.files() == before)
    #expect(report.count(.unchanged) == 3)
    #expect(report.count(.written) == 0)
  }

  @Test("leaves what a person edited or took away, and updates what nobody touched")
  func edits() async throws {
    let source = try SourceFolder(files)
    defer { source.remove() }
    _ = try await source.run(.staticman)
    let edited = "---\nguest: Ada\ndate: 2019-03-04\n---\n\nOne, corrected.\n"
    try source.edit("content/responses/rope/a.md", edited)
    try FileManager.default.removeItem(
      at: source.community.appending(path: "content/responses/rope/b.md"))
    try source.put("---\ntitle: Rope, again\n---\n\nMore.\n", at: "_posts/2019-03-01-rope.md")
    try source.put("name: Cy\nmessage: New.\ndate: 2019-03-06\n", at: "_data/comments/rope/c.yml")
    let report = try await source.run(.staticman)
    #expect(source.text("content/responses/rope/a.md") == edited)
    #expect(source.text("content/responses/rope/b.md") == nil)
    #expect(try source.matter("content/posts/rope.md").contains("title: 'Rope, again'"))
    #expect(try source.body("content/responses/rope/c.md") == "New.")
    #expect(report.count(.edited) == 1)
    #expect(report.count(.removed) == 1)
    #expect(report.count(.updated) == 1)
    #expect(report.count(.written) == 1)
  }

  @Test("never takes the name of a file that a person wrote")
  func foreignFiles() async throws {
    let source = try SourceFolder(files)
    defer { source.remove() }
    try source.edit("stoa.yml", "title: Ours\n")
    let own = "---\ntitle: Our rope\nauthor: Maren\ndate: 2020-01-01\n---\n\nOurs.\n"
    try source.edit("content/posts/rope.md", own)
    _ = try await source.run(.staticman)
    #expect(source.text("content/posts/rope.md") == own)
    #expect(try source.body("content/posts/rope-2.md") == "About rope.")
    #expect(try source.threads(of: "rope-2").count == 2)
    #expect(try await source.errors() == [])
  }

  @Test("writes nothing when it is only tried")
  func dryRun() async throws {
    let source = try SourceFolder(files)
    defer { source.remove() }
    let report = try await source.run(.staticman) { $0.isDryRun = true }
    #expect(try source.files() == [:])
    #expect(report.count(.written) == 3)
    #expect(report.isDryRun)
  }
}

@Suite("E-mail and IP addresses") struct PrivacyTests {
  @Test("reach neither a file nor the report")
  func privacy() async throws {
    let source = try SourceFolder([
      "_posts/2019-03-01-rope.md":
        "---\ntitle: Rope\nauthor: ada@private.example\n---\n\nWrite to ada@private.example, see git@host.example:x.\n",
      "_data/comments/rope/ada@private.example.yml": """
      _id: ada@private.example
      name: ada@private.example
      email: ada@private.example
      ip: 203.0.113.9
      avatar: https://gravatar.com/avatar/0123456789abcdef0123456789abcdef
      url: https://x.example/?mail=ada@private.example
      message: "From 203.0.113.9 and 127.0.0.1; mail bo@other.example, clone git@host.example:x."
      date: 2019-03-04
      """,
    ])
    defer { source.remove() }
    let report = try await source.run(.staticman)
    let everything =
      try source.files().map { $0.key + $0.value }.joined() + report.json
      + report.text(listsAll: true)
    for secret in ["private.example", "203.0.113.9", "bo@other", "gravatar", "0123456789abcdef"] {
      #expect(!everything.contains(secret), "\(secret) is there")
    }
    #expect(everything.contains("127.0.0.1"))
    #expect(everything.contains("git@host.example:x"))
    #expect(try await source.errors() == [])
  }
}

@Suite("Names") struct NameTests {
  @Test("of two posts are told apart, and topics that would share an address too")
  func collisions() async throws {
    let source = try SourceFolder([
      "_posts/2019-03-01-rope.md": "---\ntitle: Rope\ntags: [C++]\n---\n\nOne.\n",
      "_posts/2020-03-01-rope.md": "---\ntitle: Rope\ntags: ['C#', c#]\n---\n\nTwo.\n",
      "_posts/2020-03-02-веревка.md": "---\ntitle: Верёвка\npermalink: /%D1%80/\n---\n\nThree.\n",
    ])
    defer { source.remove() }
    let report = try await source.run(.staticman)
    #expect(report.sum("post") == [3, 3, 0, 0])
    #expect(try source.body("content/posts/rope.md") == "One.")
    #expect(try source.body("content/posts/rope-2.md") == "Two.")
    #expect(try source.matter("content/posts/веревка.md").contains("aliases: '/р/'"))
    #expect(try await source.errors() == [])
  }
}
