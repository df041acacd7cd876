import Stoa
import StoaModel
import StoaTestSupport
import Testing

@Suite("A check") struct CheckTests {
  @Test("finds what a build reports and what only a check looks for, and writes nothing")
  func rules() async throws {
    let community = try TemporaryCommunity([
      "posts/a.md": post("A", "See [[nothing]].\n\n## One\n\n#### Two\n\nWords."),
      "posts/b.md": post("B"),
    ])
    let built = try await build(community.options { $0.output = "\(community.root)/elsewhere" })
    let found = try await check(community.options())
    #expect(built.diagnostics.map(\.code) == [.unresolvedLink])
    #expect(Set(built.diagnostics.map(\.code)).isStrictSubset(of: found.map(\.code)))
    #expect(found == found.sorted())
    #expect(!community.has("site"))
  }

  @Test("sees what the narrowest audience sees, unless it is told another") func audiences()
    async throws
  {
    let community = try TemporaryCommunity(
      [
        "posts/open.md": post("Open", "Words enough to say something."),
        "posts/ours.md": post("Ours", "See [[nothing]].", more: "audience: team\n"),
      ], settings: "audiences: [team, public]\ndefault-audience: public")
    func files(_ audience: String?) async throws -> [String] {
      try await check(community.options { $0.audience = audience })
        .filter { $0.code == .unresolvedLink }.map(\.location.file)
    }
    #expect(try await files(nil) == ["content/posts/ours.md"])
    #expect(try await files("public") == [])
    await #expect(throws: UsageError.self) { try await files("board") }
  }

  @Test("tells what a published address led to and no longer does") func published() async throws {
    let community = try TemporaryCommunity([
      "posts/kept.md": post("Kept"),
      "posts/moved.md": post("Moved", more: "aliases: [/posts/was/]\n"),
    ])
    let list = PublishedList(
      Array("/\n/posts/kept/\n/posts/was/\n/posts/lost/\n".utf8), file: "addresses.txt")
    let found = try await check(community.options(), published: list)
      .filter { $0.code == .vanishedAddress }
    #expect(found.map(\.location.file) == ["addresses.txt"] && found.first?.location.line == 4)
  }

  @Test("of a change needs git") func changes() async throws {
    let community = try TemporaryCommunity(["posts/a.md": post("A")])
    await #expect(throws: UsageError.self) {
      try await check(community.options(), changedSince: "main")
    }
  }
}
