import Foundation
import Stoa
import StoaModel
import StoaTestSupport
import Synchronization
import Testing

@Suite("A build") struct BuildTests {
  @Test("lists the files that it changed, by their paths below the site's folder")
  func changes() async throws {
    let community = try TemporaryCommunity(["posts/hello.md": post("hello")])
    let options = community.options()
    let first = try #require(try await build(options).written)
    #expect(first.folder == "\(community.root)/site")
    #expect(first.written.contains("posts/hello/index.html"))
    #expect(first.written == first.written.sorted { $0.precedes($1) })
    #expect(first.removed.isEmpty && first.unchanged == 0)

    let again = try #require(try await build(options).written)
    #expect(again.written.isEmpty && again.removed.isEmpty)
    #expect(again.unchanged == first.written.count)

    try community.write("content/posts/other.md", post("other"))
    try FileManager.default.removeItem(atPath: "\(community.root)/content/posts/hello.md")
    let third = try #require(try await build(options).written)
    #expect(third.removed == ["posts/hello/index.html"])
    #expect(third.written.contains("posts/other/index.html"))
  }

  @Test("renders only the files that a change affects")
  func recognition() async throws {
    let community = try TemporaryCommunity(
      [
        "posts/hello.md": post("Hello", "See [[other]]."), "posts/other.md": post("Other"),
        "posts/third.md": post("Third", "![[other]]\n\nMore.\n\n    code"),
        "responses/other/one.md": "---\nguest: Bo\ndate: 2026-03-05\n---\n\nYes.\n",
      ], settings: "url: https://hello.example")
    func rebuilt() async throws -> WriteReport {
      try FileManager.default.removeItem(atPath: "\(community.root)/.stoa-cache/build-all")
      return try #require(try await build(community.options()).written)
    }
    let first = try #require(try await build(community.options()).written)
    #expect(first.recognised == 0)
    let same = try await rebuilt()
    let notRendered = same.unchanged - same.recognised
    #expect(same.written.isEmpty && same.recognised > 2 * notRendered)

    try community.write(
      "content/responses/hello/two.md", "---\nguest: Cy\ndate: 2026-03-06\n---\n\nNo.\n")
    let answered = try await rebuilt()
    #expect(answered.written.contains("posts/hello/index.html"))
    #expect(!answered.written.contains("posts/other/index.html"))
    #expect(answered.unchanged - answered.recognised <= notRendered)

    try community.write("content/posts/other.md", post("Another"))
    let renamed = try await rebuilt()
    for page in ["hello", "other", "third"] {
      #expect(renamed.written.contains("posts/\(page)/index.html"), "they show its title")
    }

    try FileManager.default.removeItem(atPath: "\(community.root)/.stoa-cache/site-all")
    #expect(try await rebuilt().recognised == 0)
  }

  @Test("counts what the site shows, and says for whom and until when") func counts() async throws {
    let community = try TemporaryCommunity(
      [
        "posts/rope.md": post("Rope", more: "topics: [Knots, Sea]\n"),
        "posts/wire.md": post("Wire", more: "audience: team\n"),
        "responses/rope/one.md": "---\nguest: Bo\ndate: 2026-03-05\n---\n\nYes.\n",
        "pages/about.md": "---\ntitle: About\n---\n\nUs.\n",
      ], settings: "audiences: [team, public]\ndefault-audience: public")
    let wide = try await build(community.options())
    #expect(wide.audience == "public" && wide.asOf == "2026-07-01")
    #expect(wide.counts.posts == 1 && wide.counts.responses == 1 && wide.counts.pages == 1)
    #expect(wide.counts.contributors == 1 && wide.counts.topics == 2)
    let narrow = try await build(community.options { $0.audience = "team" })
    #expect(narrow.counts.posts == 2)
    #expect(narrow.written?.folder == "\(community.root)/site-team")
    #expect(community.has("site-team/posts/wire/index.html"))
    #expect(!community.has("site/posts/wire/index.html"))
  }

  @Test("shows what is due, and with drafts everything") func dates() async throws {
    let community = try TemporaryCommunity([
      "posts/now.md": post("Now"), "posts/draft.md": post("Draft", more: "draft: true\n"),
      "posts/later.md": post("Later").replacing("2026-03-04", with: "2026-08-01"),
    ])
    #expect(try await build(community.options()).counts.posts == 1)
    #expect(try await build(community.options { $0.asOf = "2026-08-01" }).counts.posts == 2)
    #expect(try await build(community.options { $0.includesDrafts = true }).counts.posts == 3)
  }

  @Test("writes nothing of a community with errors, unless it keeps going") func errors()
    async throws
  {
    let community = try TemporaryCommunity([
      "posts/right.md": post("Right"),
      "posts/wrong.md": post("Wrong").replacing("date: 2026-03-04\n", with: ""),
    ])
    let refused = try await build(community.options())
    #expect(refused.written == nil && refused.errorCount == 1)
    #expect(refused.diagnostics.map(\.location.file) == ["content/posts/wrong.md"])
    #expect(!community.has("site"))
    let kept = try await build(community.options { $0.keepsGoing = true })
    #expect(kept.errorCount == 1 && kept.written != nil)
    #expect(community.has("site/posts/right/index.html"))
  }

  @Test("takes warnings for errors when it is strict, and what rules say before that")
  func levels() async throws {
    let content: KeyValuePairs = ["posts/a.md": post("A", "See [[nothing]].")]
    let community = try TemporaryCommunity(content)
    #expect(try await build(community.options()).warningCount == 1)
    let strict = try await build(community.options { $0.isStrict = true })
    #expect(strict.errorCount == 1 && strict.written == nil)
    let lenient = try TemporaryCommunity(content, settings: "rules: {unresolved-link: off}")
    #expect(try await build(lenient.options { $0.isStrict = true }).diagnostics.isEmpty)
  }

  @Test("refuses settings that cannot be read, whatever else is asked") func settings()
    async throws
  {
    let community = try TemporaryCommunity(["posts/a.md": post("A")])
    try community.write("stoa.yml", "title: [\n")
    let report = try await build(community.options { $0.keepsGoing = true })
    #expect(report.written == nil && report.errorCount > 0)
    #expect(report.diagnostics.allSatisfy { $0.location.file == "stoa.yml" })
  }

  @Test("throws for options that mean nothing here") func usage() async throws {
    let community = try TemporaryCommunity(["posts/a.md": post("A")])
    for change in [{ $0.audience = "team" }, { $0.asOf = "tomorrow" }]
      as [(inout BuildOptions) -> Void]
    {
      await #expect(throws: UsageError.self) { try await build(community.options(change)) }
    }
    let failure = await #expect(throws: (any Error).self) {
      try await build(community.options { $0.worker = "/nonexistent/stoa" })
    }
    #expect(failure is any InputOutputFailure)
    #expect(!community.has("site"))
  }

  @Test("names each stage as it begins, and takes its time") func stages() async throws {
    let community = try TemporaryCommunity(["posts/a.md": post("A")])
    let seen = Mutex<[String]>([])
    let options = community.options { $0.onStage = { name in seen.withLock { $0.append(name) } } }
    let report = try await build(options)
    #expect(report.stages.map(\.name) == seen.withLock { $0 })
    let stages = [
      "Load", "Select", "Digest", "Parse", "Link", "Highlight", "Typeset", "Render", "Search",
      "Write",
    ]
    #expect(report.stages.map(\.name) == stages)
    // Nothing has changed, so the build ends early.
    #expect(try await build(options).stages.map(\.name) == ["Load", "Select", "Digest", "Verify"])
  }

  @Test("ends before its next stage when it is cancelled, and writes nothing")
  func cancellation() async throws {
    let community = try TemporaryCommunity(["posts/a.md": post("A")])
    let options = community.options {
      $0.onStage = { stage in if stage == "Render" { withUnsafeCurrentTask { $0?.cancel() } } }
    }
    let building = Task { try await build(options) }
    await #expect(throws: CancellationError.self) { try await building.value }
    #expect(!community.has("site"))
  }

  @Test("takes paths from the working folder, and as many workers as make sense")
  func defaults() {
    let folder = FileManager.default.currentDirectoryPath
    var options = BuildOptions(root: "notes/../other")
    #expect(options.root == "\(folder)/other")
    options.worker = "bin/stoa"
    #expect(options.worker == "\(folder)/bin/stoa")
    #expect(options.jobs >= 1)
    options.jobs = 0
    #expect(options.jobs == 1)
    options.jobs = 10_000
    #expect(options.jobs == 256)
  }

  @Test("goes where it is told, with the base that it is given, with or without a slash at its end")
  func destination() async throws {
    let community = try TemporaryCommunity(["posts/a.md": post("A")])
    func options(_ base: String) -> BuildOptions {
      community.options {
        $0.output = "\(community.root)/elsewhere"
        $0.baseURL = base
      }
    }
    _ = try await build(options("https://bells.example/notes/"))
    #expect(
      try community.read("elsewhere/sitemap.xml").contains("https://bells.example/notes/posts/a/"))
    #expect(try await build(options("https://bells.example/notes")).written?.written == [])
    #expect(!community.has("site"))
  }
}
