import Foundation
import StoaAddresses
import StoaModel
import StoaPreview
import Synchronization
import Testing

@Suite("A preview") struct EqualityTests {
  /// The number of edits; `make trust` sets more.
  private static let edits =
    ProcessInfo.processInfo.environment["STOA_EDITS"].flatMap { Int($0) } ?? 25

  @Test("serves what a build writes, after any edits", arguments: [1, 2] as [UInt64])
  func equality(seed: UInt64) async throws {
    let community = try EditedCommunity(seed: seed)
    let site = LiveSite(community.options) { EditedCommunity.asOf }
    try await expectSame(try await site.first(), as: community, after: "nothing")
    var history: [String] = []
    for _ in 0..<Self.edits {
      let changes = try community.edit()
      history.append("\(changes)")
      let snapshot = try #require(await site.next(after: changes))
      try await expectSame(
        snapshot, as: community, after: history.suffix(3).joined(separator: "\n"))
    }
  }

  @Test("puts other words into what it made before, however an editor saves them")
  func otherWords() async throws {
    let community = try EditedCommunity(seed: 3)
    // As without --as-of: the time increases, but the day stays the same.
    let now = Atomic(1_773_144_000)
    let site = LiveSite(community.options) {
      "@\(now.wrappingAdd(1, ordering: .relaxed).newValue)"
    }
    let first = try await site.first()
    #expect(!first.isRerendered)
    let file = "\(community.root)/content/posts/a.md"
    let text = try String(contentsOfFile: file, encoding: .utf8)
    for (isRenamed, words) in [(false, "Now [[b]]."), (true, "Then [[b#tin]] and [[nowhere]].")] {
      try (text + words).write(toFile: file, atomically: true, encoding: .utf8)
      var changes = Changes()
      changes.files = isRenamed ? [file, file + "~"] : [file]
      changes.folders = isRenamed ? ["\(community.root)/content/posts"] : []
      let snapshot = try #require(await site.next(after: changes))
      #expect(snapshot.isRerendered)
      try await expectSame(snapshot, as: community, after: words)
    }
    try text.replacing("Casting", with: "Bells").write(
      toFile: file, atomically: true, encoding: .utf8)
    var changes = Changes()
    changes.files = [file]
    let snapshot = try #require(await site.next(after: changes))
    #expect(!snapshot.isRerendered)
    try await expectSame(snapshot, as: community, after: "another title")
  }

  @Test("puts what it made before into other templates, but not into other strings or styles")
  func otherTemplates() async throws {
    let community = try EditedCommunity(seed: 4)
    let site = LiveSite(community.options) { EditedCommunity.asOf }
    _ = try await site.first()
    let folder = "\(community.root)/templates"
    try FileManager.default.createDirectory(
      atPath: "\(folder)/strings", withIntermediateDirectories: true)
    for (name, text, isRerendered) in [
      ("page.mustache", "<p>{{title}}</p>\n", true), ("page.mustache", "<b>{{title}}</b>\n", true),
      ("unused.mustache", "-\n", true), ("theme.css", "a { color: red }\n", false),
      ("strings/en.yml", "archive: Old things\n", false),
    ] {
      try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
      var changes = Changes()
      changes.files = ["\(folder)/\(name)"]
      changes.folders = [folder]
      let snapshot = try #require(await site.next(after: changes))
      #expect(snapshot.isRerendered == isRerendered, "\(name)")
      try await expectSame(snapshot, as: community, after: name)
    }
  }

  @Test("shows other words on every kind of page, whatever they are written in")
  func everyKindOfPage() async throws {
    let community = try EditedCommunity(seed: 5, adding: EveryPageKind.files)
    let site = LiveSite(community.options) { EditedCommunity.asOf }
    var pages = EveryPageKind.pages(of: try await site.first())
    var changed: Set<PageKind> = []
    for (file, text, isRerendered) in EveryPageKind.edits {
      let snapshot = try #require(await site.next(after: try community.put(file, text)))
      #expect(snapshot.isRerendered == isRerendered, "\(file)")
      try await expectSame(snapshot, as: community, after: file)
      let now = EveryPageKind.pages(of: snapshot)
      guard isRerendered, file.hasPrefix("content/") else {
        pages = now
        continue
      }
      for kind in PageKind.allCases where now[kind] != pages[kind] { changed.insert(kind) }
      pages = now
    }
    // The page of a reply is made on request; the page of changes needs git, and this community is not in a repository.
    let planned = Set(PageKind.allCases).subtracting([.reply, .changes])
    for kind in planned { #expect(pages[kind] != nil, "there is no page of \(kind)") }
    // These pages show no text of the community except names and settings.
    #expect(
      planned.subtracting(changed)
        == [.notFound, .search, .redirect, .follow, .gone, .digests, .digest])
  }

  /// Compares the response for every address with the file that a build writes, byte for byte.
  private func expectSame(
    _ snapshot: SiteSnapshot, as community: EditedCommunity, after history: String
  ) async throws {
    let errors = snapshot.diagnostics.filter { $0.severity == .error }
    // A theme with errors makes no files, and a preview continues to serve the last ones.
    guard !errors.contains(where: { $0.location.file.hasPrefix("templates/") }) else { return }
    let built = try await community.builtSite()
    // The index is made at the first search.
    let planned = built.keys.filter { !$0.hasPrefix("search/index/") }
    #expect(Set(snapshot.files.keys) == Set(planned), "after \(history)")
    let responder = Responder(bound: "127.0.0.1")
    let start = Array("<stoa-problems".utf8)
    let element = Array(
      "<script src=\"/.stoa-preview/script.js\" data-snapshot=\"\(snapshot.name)\"></script>".utf8)
    for (path, bytes) in built {
      let target = path.hasSuffix("index.html") ? String(path.dropLast("index.html".count)) : path
      let request = PreviewRequest(
        method: "GET", target: "/" + encoded(target), host: "127.0.0.1:1111")
      guard case .content(let content) = responder.answer(request, from: snapshot) else {
        Issue.record("no content at \(path)")
        continue
      }
      var page = without(element, content.bytes)
      // While errors prevent a build, they are in the place of the script's element.
      if !errors.isEmpty, path.hasSuffix(".html") {
        let end = try #require(
          page.firstRange(of: Array("</stoa-problems>\n".utf8)), "\(path) after \(history)")
        page.removeSubrange(try #require(page.firstRange(of: start)).lowerBound..<end.upperBound)
      }
      #expect(page == bytes, "\(path) after \(history)")
    }
  }

  private func encoded(_ path: String) -> String {
    path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? path
  }

  private func without(_ element: [UInt8], _ page: [UInt8]) -> [UInt8] {
    guard let range = page.firstRange(of: element) else { return page }
    return Array(page[..<range.lowerBound] + page[range.upperBound...])
  }
}
