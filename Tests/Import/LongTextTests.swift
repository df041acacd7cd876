import Foundation
import StoaImport
import Testing

@Suite("Texts longer than a file may be") struct LongTextTests {
  /// A number of numbered words, in paragraphs of ten, on one line, or in one word.
  private func text(_ count: Int, between: String) -> String {
    (0..<count).map { number in
      "word\(number)" + (between.isEmpty ? "" : number.isMultiple(of: 10) ? "\n\n" : between)
    }.joined()
  }

  private func words(_ text: String) -> [Substring] {
    text.split { !$0.isLetter && !$0.isNumber }
  }

  @Test("of comments go on in responses to them", arguments: [" ", "\n"])
  func comments(between: String) async throws {
    let long = text(15_000, between: between)
    let message = long.split(separator: "\n", omittingEmptySubsequences: false)
      .map { "  \($0)" }.joined(separator: "\n")
    let source = try SourceFolder([
      "_posts/2019-03-01-rope.md": "---\ntitle: Rope\n---\n\nAbout rope.\n",
      "_data/comments/rope/a.yml":
        "_id: aaa\nname: Ada\ndate: 2019-03-04\nmessage: |\n\(message)\n",
      "_data/comments/rope/b.yml":
        "_id: bbb\nname: Bo\nmessage: Hm.\ndate: 2019-03-05\nreply_to: aaa\n",
    ])
    defer { source.remove() }
    let report = try await source.run(.staticman)
    let threads = try source.threads(of: "rope")
    let rest = threads.keys.filter { $0.hasPrefix("continued-") }.sorted()
    #expect(report.sum("comment") == [2, 2, 0, 0])
    #expect(rest.count == 2)
    #expect(threads["b"] == "a")
    for part in rest {
      #expect(threads[part] == "a")
      #expect(try source.matter("content/responses/rope/\(part).md").contains("guest: Ada"))
    }
    let parts = try (["a"] + rest).map { try source.body("content/responses/rope/\($0).md") }
    let isWhole = words(parts.joined(separator: " ")) == words(long)
    #expect(isWhole)
    #expect(parts.allSatisfy { $0.utf8.count <= 60_000 })
    let label = "_data/comments/rope/a.yml"
    #expect(
      report.notes(on: label).first
        == "the text is over the size limit and continues in 2 responses to it")
    #expect(try await source.errors() == [])
    let before = try source.files()
    #expect(try await source.run(.staticman).count(.written) == 0)
    #expect(try source.files() == before)
  }

  @Test("of posts and pages go on in responses to the post", arguments: ["posts", "."])
  func posts(folder: String) async throws {
    let long = text(102_000, between: " ")
    let file = folder == "." ? "content/rope.md" : "content/\(folder)/rope.md"
    let source = try SourceFolder([
      file: "---\ntitle: Rope\nauthor: Maren\ndate: 2019-03-01\n---\n\n\(long)\n"
    ])
    defer { source.remove() }
    _ = try await source.run(.staticman)
    let rest = try source.threads(of: "rope").sorted { $0.key < $1.key }
    #expect(rest.map(\.value) == [""])
    let last = try source.body("content/responses/rope/\(try #require(rest.first).key).md")
    let isWhole = words(try source.body("content/posts/rope.md") + " " + last) == words(long)
    #expect(isWhole)
    #expect(try await source.errors() == [])
  }

  @Test("without a place to cut, or nested beyond reason, are cut all the same")
  func shapeless() async throws {
    let deep = String(repeating: "> ", count: 70) + "deep\n" + text(12_000, between: " ")
    let source = try SourceFolder([
      "_posts/2019-03-01-rope.md": "---\ntitle: Rope\n---\n\nAbout rope.\n",
      "_data/comments/rope/a.json":
        "{\"name\":\"Ada\",\"date\":1551690601,\"message\":\"\(text(8_000, between: ""))\"}",
      "_data/comments/rope/b.json":
        "{\"name\":\"Bo\",\"date\":1551690602,\"message\":\"\(deep.replacingOccurrences(of: "\n", with: "\\n"))\"}",
    ])
    defer { source.remove() }
    _ = try await source.run(.staticman)
    #expect(try source.threads(of: "rope").count == 4)
    #expect(try source.body("content/responses/rope/b.md").hasPrefix("```\n> > "))
    let fenced = try source.files().filter { $0.value.hasSuffix("\n```\n") }
    #expect(fenced.count == 2)
    #expect(try await source.errors() == [])
  }
}
