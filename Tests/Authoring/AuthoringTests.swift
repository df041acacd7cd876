import StoaLoad
import StoaModel
import StoaTestSupport
import Testing

@testable import StoaAuthoring

/// Files that `stoa new` and `stoa reply` make in a small community.
@Suite("Authoring") struct AuthoringTests {
  private let community: TemporaryCommunity

  init() throws {
    community = try TemporaryCommunity(
      [
        "contributors/ann.md": "---\nname: Ann Lee\naliases: [Annie]\n---\n",
        "posts/2026/slack-rope.md":
          "---\ntitle: Slack rope\nauthor: ann\ndate: 2026-01-01\n---\n\nIt holds.\n",
        "posts/slack-wire.md":
          "---\ntitle: Slack wire\nauthor: ann\ndate: 2026-01-01\n---\n\nIt does not.\n",
        "posts/shut.md":
          "---\ntitle: Shut\nauthor: ann\ndate: 2026-01-01\nresponses: closed\n---\n\nDone.\n",
        "responses/slack-rope/20260102-abcd.md":
          "---\nguest: Bo\ndate: 2026-01-02\n---\n\nDoes it?\n",
      ])
  }

  /// - Parameter seconds: 2026-06-01 at 12:00 UTC.
  private func context(seconds: Int64 = 1_780_315_200) async throws -> AuthoringContext {
    try await AuthoringContext(root: community.root, git: nil, seconds: seconds, jobs: 1)
  }

  @Test("makes a post that is named after its title")
  func newPost() async throws {
    let text = try await context().make(
      .post(kind: .question, isDraft: true), title: "How tight: a rope?", slug: nil)
    #expect(text.file == "content/posts/how-tight-a-rope.md")
    #expect(text.hasPlaceholder)
    let written = try community.read(text.file)
    #expect(written.contains("title: 'How tight: a rope?'\n"))
    #expect(written.contains("date: 2026-06-01T12:00:00Z\nkind: question\ndraft: true\n"))
    let sources = try await load(from: community.root, options: LoadOptions(jobs: 1))
    #expect(sources.posts.contains { $0.item.title?.value == "How tight: a rope?" })
  }

  @Test(
    "refuses a name that is taken, in any capitals, and one that is none",
    arguments: [
      ("Slack rope", nil), ("Other", "SLACK-wire"), ("?!", nil), ("Other", "a/b"), ("A\nb", nil),
    ] as [(String, String?)])
  func refusals(_ title: String, _ slug: String?) async throws {
    let context = try await context()
    #expect(throws: UsageError.self) {
      try context.make(.post(kind: .article, isDraft: false), title: title, slug: slug)
    }
  }

  @Test(
    "finds a post by slug, title, its beginning, path and address",
    arguments: [
      "slack-rope", "Slack rope", "slack r", "content/posts/2026/slack-rope.md",
      "/posts/slack-rope/", "/posts/slack-rope/#response-20260102-abcd",
    ])
  func search(_ text: String) async throws {
    let search = PostSearch(try await context(), folder: community.root)
    #expect(try search.find(text).item.slug == "slack-rope")
  }

  @Test("does not guess between two posts, and offers the nearest name")
  func ambiguity() async throws {
    let search = PostSearch(try await context(), folder: community.root)
    #expect(throws: UsageError.self) { try search.find("slack") }
    let error = try #require(throws: UsageError.self) { try search.find("slack-ropes") }
    #expect(error.description.contains("did you mean “slack-rope”?"))
  }

  @Test("answers a response that an address names, by a contributor of any of their names")
  func reply() async throws {
    let text = try await context().reply(
      to: "/posts/slack-rope/#response-20260102-abcd", response: nil, as: "Annie",
      from: community.root)
    #expect(text.file.hasPrefix("content/responses/slack-rope/20260601-"))
    let written = try community.read(text.file)
    #expect(written.contains("author: ann\n") && written.contains("reply-to: '20260102-abcd'\n"))
  }

  @Test("refuses an answer to what is closed, and by nobody")
  func refusedReplies() async throws {
    let context = try await context()
    #expect(throws: UsageError.self) {
      try context.reply(to: "shut", response: nil, as: "ann", from: community.root)
    }
    let error = try #require(throws: UsageError.self) {
      try context.reply(to: "slack-rope", response: nil, as: "an", from: community.root)
    }
    #expect(error.description.contains("did you mean “ann”?"))
  }
}
