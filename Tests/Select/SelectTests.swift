import StoaLoad
import StoaModel
import StoaTestSupport
import Testing

@testable import StoaSelect

/// The items that a build may show, derived from the files alone.
@Suite("Select") struct SelectTests {
  private static let audiences = "audiences: [board, team, public]\ndefault-audience: team"

  private func select(
    _ files: KeyValuePairs<String, String>, for audience: String? = nil, drafts: Bool = false,
    settings: String = audiences
  ) async throws -> Selected {
    let community = try TemporaryCommunity(files, settings: settings)
    let sources = try await load(from: community.root, options: LoadOptions(jobs: 1))
    let rank = try audience.map { try #require(sources.settings.audiences.firstIndex(of: $0)) }
    let asOf = try #require(sources.dates.read("2026-06-01"))
    return StoaSelect.select(
      sources,
      options: SelectOptions(
        audience: rank.map(Audience.init(rank:)), asOf: asOf, includesDrafts: drafts))
  }

  private static func post(_ lines: String...) -> String {
    "---\ntitle: A post\nauthor: Ann\ndate: 2026-01-01\n\(lines.map { "\($0)\n" }.joined())---\n\nWords.\n"
  }

  private static func response(_ lines: String...) -> String {
    "---\nguest: Bo\ndate: 2026-01-02\n\(lines.map { "\($0)\n" }.joined())---\n\nWords.\n"
  }

  @Test(
    "shows an audience what is for it and for wider ones",
    arguments: [("board", ["a", "b", "c"]), ("team", ["b", "c"]), ("public", ["c"])])
  func audiences(_ audience: String, _ shown: [String]) async throws {
    let selected = try await select(
      [
        "posts/a.md": Self.post("audience: board"), "posts/b.md": Self.post(),
        "posts/c.md": Self.post("audience: public"),
      ], for: audience)
    #expect(selected.posts.map(\.item.slug) == shown)
    #expect(selected.diagnostics.isEmpty)
  }

  @Test(
    "what is wrong with a file that nothing uses is heard by those who see everything",
    arguments: [("board", 4), ("public", 0)])
  func unused(_ audience: String, _ count: Int) async throws {
    let selected = try await select(
      [
        "topics/water.md": "---\ncolour: red\n---\n", "topics/earth.md": "---\ntitle: [\n---\n",
        "contributors/zed.md": "---\ncolour: red\n---\n",
        "contributors/yan.md": "---\nname: [\n---\n",
        "posts/open.md": Self.post("audience: public"),
      ], for: audience)
    #expect(selected.diagnostics.count == count)
    #expect(selected.topics.isEmpty && selected.contributors.isEmpty)
  }

  @Test("hides a response with what it answers, and tells of one that would be wider")
  func responses() async throws {
    let files: KeyValuePairs = [
      "posts/a.md": Self.post("audience: public"), "posts/b.md": Self.post("audience: board"),
      "responses/a/open.md": Self.response("audience: public"),
      "responses/a/inner.md": Self.response("audience: team"),
      "responses/a/below.md": Self.response("audience: public", "reply-to: inner"),
      "responses/b/hidden.md": Self.response("audience: public"),
    ]
    let open = try await select(files, for: "public")
    #expect(open.responses.map(\.item.id) == ["open"])
    #expect(open.diagnostics.isEmpty)
    let board = try await select(files, for: "board")
    #expect(Set(board.responses.map(\.item.id)) == ["open", "inner", "below", "hidden"])
    #expect(board.diagnostics.map(\.code) == [.audienceTooWide, .audienceTooWide])
  }

  @Test("shows drafts and what is not yet due only when asked for them, with their status")
  func drafts() async throws {
    let files: KeyValuePairs = [
      "posts/draft.md": Self.post("draft: true"), "posts/open.md": Self.post(),
      "posts/today.md": "---\ntitle: T\nauthor: Ann\ndate: 2026-06-01\n---\n\nWords.\n",
      "posts/tomorrow.md": "---\ntitle: T\nauthor: Ann\ndate: 2026-06-02\n---\n\nWords.\n",
    ]
    let selected = try await select(files, settings: "")
    #expect(selected.posts.map(\.item.slug) == ["open", "today"])
    let all = try await select(files, drafts: true, settings: "")
    #expect(all.posts.map(\.status) == [.draft, nil, nil, .scheduled])
  }

  @Test("keeps what is wrong with a hidden file to itself", arguments: ["board", "public"])
  func diagnostics(_ audience: String) async throws {
    let selected = try await select(
      [
        "posts/a.md": Self.post("audience: board", "no-such-key: 1"),
        "posts/b.md": "---\naudience: board\ntitle: [\n---\n",
        "posts/open.md": Self.post("audience: public"),
      ], for: audience)
    #expect(
      Set(selected.diagnostics.map(\.code))
        == (audience == "board" ? [.unknownKey, .invalidYAML] : []))
  }

  @Test("holds back what may be for anybody, and says so to everybody")
  func uncertain() async throws {
    let selected = try await select(
      ["posts/a.md": Self.post("audience: boards"), "posts/b.md": Self.post("audience: public")],
      for: "public")
    #expect(selected.posts.map(\.item.slug) == ["b"])
    #expect(selected.diagnostics.map(\.code) == [.unknownAudience])
  }

  @Test("takes the people and topics that what it shows speaks of")
  func usedFiles() async throws {
    let files: KeyValuePairs = [
      "posts/a.md": Self.post("audience: board", "topics: [rope]"),
      "topics/rope.md": "---\ntitle: Rope\n---\n", "contributors/ann.md": "---\nname: Ann\n---\n",
      "posts/open.md": Self.post("audience: public"),
    ]
    #expect(try await select(files, for: "board").topics.map(\.item.slug) == ["rope"])
    let open = try await select(files, for: "public")
    #expect(open.posts.map(\.item.slug) == ["open"] && open.diagnostics.isEmpty)
    #expect(open.topics.isEmpty)
  }
}
