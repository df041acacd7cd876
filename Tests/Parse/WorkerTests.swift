import Foundation
import StoaModel
import StoaParse
import StoaSelect
import StoaTestSupport
import Testing

@Suite("Workers") struct WorkerTests {
  private func options(jobs: Int, milliseconds: Int = 2000) -> WorkerOptions {
    WorkerOptions(executable: stoaExecutable, jobs: jobs, processorMilliseconds: milliseconds)
  }

  /// A text that takes much longer than any of the generated ones.
  private static let slowText = String(repeating: "*a* [b](c) @d [[e]] ", count: 50_000)

  @Test("give the documents that one process gives, however many they are", arguments: [1, 4])
  func equality(jobs: Int) async throws {
    let texts = generatedTexts(200)
    let responses = Array(texts.prefix(100))
    let documents = try await parse(
      selection(posts: texts, responses: responses), workers: options(jobs: jobs))
    let expected = texts.map { document($0, firstLine: 4, takesTitle: true) }
    #expect(try digest(documents.posts.map(\.document)) == digest(expected))
    let answers = responses.enumerated().map {
      document($1, as: .response, footnotePrefix: "r\($0)", firstLine: 4)
    }
    #expect(try digest(documents.responses.map(\.document)) == digest(answers))
    #expect(documents.diagnostics == [])
  }

  @Test("agree about a real community's texts", .enabled(if: sharedData != nil))
  func realTexts() async throws {
    let folder = try #require(sharedData) + "/community/content"
    let files = try #require(FileManager.default.enumerator(atPath: folder))
      .compactMap { $0 as? String }.filter { $0.hasSuffix(".md") }.sorted()
    let texts = try files.map { try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8) }
    let one = try await parse(
      selection(posts: texts, responses: texts), workers: options(jobs: 1))
    let four = try await parse(
      selection(posts: texts, responses: texts), workers: options(jobs: 4))
    #expect(try digest(one.posts.map(\.document)) == digest(four.posts.map(\.document)))
    #expect(try digest(one.responses.map(\.document)) == digest(four.responses.map(\.document)))
    #expect(one.diagnostics == four.diagnostics)
    #expect(one.posts.count == texts.count)
    #expect(!one.diagnostics.contains { $0.code == .markdownTooComplex })
  }

  @Test("are replaced when a text takes too long, and the other texts stay whole")
  func replacement() async throws {
    var expected = generatedTexts(40).map { document($0, firstLine: 4, takesTitle: true) }
    expected[7] = Document()
    expected[30] = Document()
    var texts = generatedTexts(40)
    texts[7] = Self.slowText
    texts[30] = Self.slowText
    let documents = try await parse(
      selection(posts: texts), workers: options(jobs: 2, milliseconds: 60))
    let blamed = documents.diagnostics.filter { $0.code == .markdownTooComplex }
    #expect(
      blamed.map(\.location) == [
        SourceLocation(file: "content/posts/p7.md"), SourceLocation(file: "content/posts/p30.md"),
      ])
    #expect(try digest(documents.posts.map(\.document)) == digest(expected))
  }

  @Test("have a limit of memory") func memory() async throws {
    var options = options(jobs: 1, milliseconds: 60_000)
    options.memory = 8 << 20
    let documents = try await parse(
      selection(posts: ["small", Self.slowText, "small"]), workers: options)
    #expect(documents.diagnostics.map(\.location.file).last == "content/posts/p1.md")
    #expect(try documents.posts[2].document.visibleBody == "<p>small</p>\n")
  }

  @Test("that are kept parse one text into memory, also after a text has killed one")
  func pool() async throws {
    let pool = WorkerPool(options(jobs: 1, milliseconds: 60))
    let slow = try await pool.parse(MarkdownText(.post, bytes: Array(Self.slowText.utf8)))
    #expect(slow.problem == TextProblem(.markdownTooComplex))
    for text in ["one", "two"] {
      let parsed = try await pool.parse(MarkdownText(.post, bytes: Array(text.utf8)))
      #expect(try parsed.document.visibleBody == "<p>\(text)</p>\n")
    }
  }

  @Test("of a program that is none are an error, not a complex text")
  func noWorker() async throws {
    await #expect(throws: WorkerError.self) {
      _ = try await parse(
        selection(posts: ["a"]), workers: WorkerOptions(executable: "/bin/true", jobs: 1))
    }
    await #expect(throws: WorkerError.self) {
      _ = try await parse(
        selection(posts: ["a"]), workers: WorkerOptions(executable: "/nowhere", jobs: 1))
    }
  }
}
