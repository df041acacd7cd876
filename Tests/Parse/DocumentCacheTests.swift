import Foundation
import StoaExternalTools
import StoaModel
import StoaSelect
import StoaTestSupport
import Testing

@testable import StoaParse

@Suite("Documents that are kept") struct DocumentCacheTests {
  /// A community's folder with the cache of its builds.
  private final class Place {
    let root = FileManager.default.temporaryDirectory
      .appendingPathComponent("stoa-documents-\(UUID().uuidString)").path

    init() throws {
      try FileManager.default.createDirectory(
        atPath: root, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    /// The paths of the packs.
    var packs: [String] {
      let folder = "\(root)/.stoa-cache"
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      return names.filter { $0.hasPrefix("parsed-") }.sorted().map { "\(folder)/\($0)" }
    }

    func contents() throws -> [Data] {
      try packs.map { try Data(contentsOf: URL(fileURLWithPath: $0)) }
    }

    /// A build's documents and notices, and the texts that it had to parse.
    func build(
      _ selected: Selected, program: String = "program", audience: String = ""
    ) async throws -> (documents: [String], notices: [String], parsed: [Int]) {
      let cache = try #require(
        DocumentCache(
          in: CacheFolder(root: root), audience: audience,
          program: [SHA256.digest(of: Array(program.utf8))]))
      let texts = SelectedTexts(selected)
      var parsed: [Int] = []
      let found = try await cache.documents(of: texts, jobs: 2) { missing in
        parsed = missing
        return try missing.map { number in
          try texts.markdown(at: number).map { MarkdownParser.parse($0) }
            ?? ParsedText(document: Document())
        }
      }
      await cache.finish()
      return (
        try digest(found.map(\.document)),
        found.flatMap { $0.diagnostics(in: "a.md") }.map(\.description), parsed
      )
    }
  }

  private static let odd = [
    "", "`` `code` ``\n\n    indented\n\n```swift\nlet a = 1\n```\n",
    "![[a.png|words|30]] [x](y 'z') <b>raw",
    "[[a#b|c]] ![](x.png) @someone a@b.example\n\n![[quoted]]\n\n<img src=a.png width=3 height=4>",
    "> [!NOTE]\n> Here[^1]\n\n[^1]: there", String(repeating: ">", count: 300),
    "| a | b |\n|---|---|\n| 1 | 2 | 3 |\n", "\u{1}&#1;\u{FFFF}",
  ]

  @Test("are those that parsing gives, from their packs too") func equality() async throws {
    let place = try Place()
    let selected = selection(posts: generatedTexts(120) + Self.odd, responses: Self.odd)
    let first = try await place.build(selected)
    #expect(first.parsed.count == 120 + 2 * Self.odd.count)
    #expect(place.packs.count == DocumentCache.packCount && !first.notices.isEmpty)
    let again = try await place.build(selected)
    // The two empty texts need no parsing.
    #expect(again.parsed == [120, 120 + Self.odd.count])
    #expect(again.documents == first.documents && again.notices == first.notices)
  }

  @Test("are kept for the texts of the last build, and written only where those have changed")
  func changes() async throws {
    let place = try Place()
    var texts = generatedTexts(100)
    _ = try await place.build(selection(posts: texts))
    let before = try place.contents()
    texts[7] = "A text with a secret in it."
    let changed = try await place.build(selection(posts: texts))
    #expect(changed.parsed == [7])
    let after = try place.contents()
    let isWritten = zip(before, after).map { $0 != $1 }
    #expect(1...2 ~= isWritten.count { $0 })
    let holds = { (contents: [Data]) in
      contents.contains { $0.range(of: Data("secret".utf8)) != nil }
    }
    #expect(holds(after))
    texts[7] = generatedTexts(100)[7]
    _ = try await place.build(selection(posts: texts))
    #expect(try !holds(place.contents()) && place.contents() == before)
    _ = try await place.build(selection(posts: []))
    #expect(place.packs == [])
  }

  @Test("are not those of another program, audience or setting") func foreign() async throws {
    let place = try Place()
    let texts = generatedTexts(40)
    let all = Array(0..<40)
    _ = try await place.build(selection(posts: texts))
    #expect(try await place.build(selection(posts: texts), program: "other").parsed == all)
    #expect(try await place.build(selection(posts: texts), program: "other").parsed == [])
    #expect(
      try await place.build(selection(posts: texts), program: "other", audience: "team").parsed
        == all)
    var other = selection(posts: texts)
    other.facts.settings.smartPunctuation.toggle()
    #expect(try await place.build(other, program: "other").parsed == all)
    // As a response, the same text is parsed with other options.
    let asResponses = selection(posts: [], responses: texts)
    #expect(try await place.build(asResponses, program: "other").parsed == all)
  }

  @Test("are parsed again when anything in their pack is damaged") func damage() async throws {
    let place = try Place()
    let selected = selection(posts: generatedTexts(160))
    let sound = try await place.build(selected).documents
    let contents = try place.contents()
    var random = RandomNumbers(seed: 7)
    for _ in 0..<40 {
      let number = random.next(contents.count)
      var bytes = contents[number]
      switch random.next(4) {
      case 0: bytes = bytes.prefix(random.next(bytes.count))
      case 1: bytes += [UInt8(random.next(256))]
      case 2: bytes = contents[(number + 1) % contents.count].prefix(1 + random.next(60)) + bytes
      default: bytes[random.next(bytes.count)] ^= UInt8(1 << random.next(8))
      }
      try bytes.write(to: URL(fileURLWithPath: place.packs[number]))
      let build = try await place.build(selected)
      #expect(build.documents == sound && !build.parsed.isEmpty && build.parsed.count < 40)
      #expect(try place.contents() == contents)
    }
  }

  @Test("do not include one that took too long, which may be parsed the next time")
  func complexity() async throws {
    let place = try Place()
    let cache = try #require(
      DocumentCache(in: CacheFolder(root: place.root), audience: "", program: []))
    let texts = SelectedTexts(selection(posts: ["a", "b"]))
    _ = try await cache.documents(of: texts, jobs: 1) { missing in
      missing.map { number in
        ParsedText(
          document: Document(), problem: number == 1 ? TextProblem(.markdownTooComplex) : nil)
      }
    }
    await cache.finish()
    let later = try #require(
      DocumentCache(in: CacheFolder(root: place.root), audience: "", program: []))
    var parsed: [Int] = []
    _ = try await later.documents(of: texts, jobs: 1) { missing in
      parsed = missing
      return missing.map { _ in ParsedText(document: Document()) }
    }
    await later.finish()
    #expect(parsed == [1])
  }
}
