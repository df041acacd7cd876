import Foundation
import Stoa
import StoaModel
import Testing

@Suite("As a library, Stoa") struct LibraryTests {
  /// A community with one post, in a folder of its own.
  private static func community() throws -> BuildOptions {
    let folder = try temporaryFolder()
    try FileManager.default.createDirectory(
      at: folder.appending(path: "content/posts"), withIntermediateDirectories: true)
    try Data("title: Bells\n".utf8).write(to: folder.appending(path: "stoa.yml"))
    var options = BuildOptions(root: folder.path)
    options.worker = stoaExecutable
    options.searchPath = nil
    options.asOf = "2026-07-01"
    try write("hello", "Hello.", in: options)
    return options
  }

  private static func write(_ slug: String, _ text: String, in options: BuildOptions) throws {
    try Data("---\ntitle: \(slug)\nauthor: Ada\ndate: 2026-03-04\n---\n\n\(text)\n".utf8).write(
      to: URL(filePath: "\(options.root)/content/posts/\(slug).md"))
  }

  @Test("lists the files that a build changed, by their paths below the site's folder")
  func changes() async throws {
    let options = try Self.community()
    defer { try? FileManager.default.removeItem(atPath: options.root) }
    let first = try #require(try await build(options).written)
    #expect(first.folder == "\(options.root)/site")
    #expect(first.written.contains("posts/hello/index.html"))
    #expect(first.written == first.written.sorted { $0.precedes($1) })
    #expect(first.removed.isEmpty && first.unchanged == 0)

    let again = try #require(try await build(options).written)
    #expect(again.written.isEmpty && again.removed.isEmpty)
    #expect(again.unchanged == first.written.count)

    try Self.write("other", "Other.", in: options)
    try FileManager.default.removeItem(atPath: "\(options.root)/content/posts/hello.md")
    let third = try #require(try await build(options).written)
    #expect(third.removed == ["posts/hello/index.html"])
    #expect(third.written.contains("posts/other/index.html"))
  }

  @Test("ends a cancelled build before its next stage, and writes nothing")
  func cancellation() async throws {
    var options = try Self.community()
    defer { try? FileManager.default.removeItem(atPath: options.root) }
    options.onStage = { stage in
      if stage == "Render" { withUnsafeCurrentTask { $0?.cancel() } }
    }
    let request = options
    let building = Task { try await build(request) }
    await #expect(throws: CancellationError.self) { try await building.value }
    #expect(!FileManager.default.fileExists(atPath: "\(options.root)/site"))
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

  @Test("writes the same URLs whether or not the base has a slash at its end")
  func slashes() async throws {
    var options = try Self.community()
    defer { try? FileManager.default.removeItem(atPath: options.root) }
    options.baseURL = "https://bells.example/notes/"
    _ = try await build(options)
    options.baseURL = "https://bells.example/notes"
    #expect(try await build(options).written?.written == [])
  }
}
