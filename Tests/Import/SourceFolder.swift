import Foundation
import Stoa
import StoaExternalTools
import StoaImport
import StoaModel
import StoaParse
import StoaTestSupport
import Testing

/// A source of a few files, and the community into which it is imported.
struct SourceFolder {
  let folder: URL
  var source: URL { folder.appending(path: "source") }
  var community: URL { folder.appending(path: "community") }

  /// - Parameter files: texts by their path below the source.
  init(_ files: [String: String] = [:]) throws {
    folder = FileManager.default.temporaryDirectory
      .appending(path: "stoa-import-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: community, withIntermediateDirectories: true)
    try FileManager.default.createDirectory(at: source, withIntermediateDirectories: true)
    for (path, text) in files { try put(text, at: path) }
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }

  func put(_ text: String, at path: String) throws { try put(Data(text.utf8), at: path) }

  func put(_ data: Data, at path: String) throws { try write(data, source.appending(path: path)) }

  /// Writes a file into the community, as a person would.
  func edit(_ path: String, _ text: String) throws {
    try write(Data(text.utf8), community.appending(path: path))
  }

  private func write(_ data: Data, _ file: URL) throws {
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: file)
  }

  /// Imports the source: a file of it, or the whole folder.
  func run(
    _ kind: ImportOptions.Kind, _ file: String = "",
    _ change: (inout ImportOptions) -> Void = { _ in }
  ) async throws -> ImportReport {
    var options = ImportOptions(
      kind, from: file.isEmpty ? source.path : source.appending(path: file).path,
      into: community.path)
    options.author = "Maren"
    change(&options)
    return try await importConversations(options)
  }

  /// The text of a file of the community; nil when it is not there.
  func text(_ path: String) -> String? {
    try? String(contentsOf: community.appending(path: path), encoding: .utf8)
  }

  /// The front matter of a file of the community, line by line.
  func matter(_ path: String) throws -> [String] {
    let text = try #require(self.text(path), "\(path) is not there")
    return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      .dropFirst().prefix { $0 != "---" }.map { $0 }
  }

  /// The text below a file's front matter, without white space around it.
  func body(_ path: String) throws -> String {
    let text = try #require(self.text(path), "\(path) is not there")
    let parts = text.components(separatedBy: "---\n").dropFirst(2)
    return parts.joined(separator: "---\n").trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Every file of the community with its text, by path.
  func files() throws -> [String: String] {
    let names = try #require(FileManager.default.enumerator(atPath: community.path))
      .compactMap { $0 as? String }.filter { !$0.hasPrefix("site") }
    var files: [String: String] = [:]
    for name in names { files[name] = text(name) }
    return files
  }

  /// The parent of each response, by id; an empty text stands for the post.
  func threads(of slug: String) throws -> [String: String] {
    let folder = "content/responses/\(slug)"
    var parents: [String: String] = [:]
    for name in try FileManager.default.contentsOfDirectory(
      atPath: community.appending(path: folder).path)
    {
      let line = try matter("\(folder)/\(name)").first { $0.hasPrefix("reply-to: ") }
      parents[String(name.dropLast(3))] =
        line.map { $0.dropFirst(10).trimmingCharacters(in: ["'"]) } ?? ""
    }
    return parents
  }

  /// Builds the community; returns its errors.
  func errors() async throws -> [String] {
    try await diagnostics().filter { $0.severity == .error }.map(\.description)
  }

  /// Builds the community; returns its warnings.
  func warnings() async throws -> [String] {
    try await diagnostics().filter { $0.severity == .warning }.map(\.description)
  }

  private func diagnostics() async throws -> [Diagnostic] {
    // A debug build, especially under a sanitizer, takes many times as long for a text of a megabyte.
    var options = BuildOptions(root: community.path)
    options.asOf = "2026-06-01"
    options.searchPath = nil
    options.workers = WorkerOptions(
      executable: stoaExecutable, jobs: 2, processorMilliseconds: 60_000, memory: 1 << 32)
    return try await build(options).diagnostics
  }
}

extension ImportReport {
  /// A short description of an item's outcome.
  func outcome(of source: String) -> String? {
    guard let entry = entries.first(where: { $0.source == source && !$0.noun.isEmpty }) else {
      return nil
    }
    return switch entry.outcome {
    case .imported(let path): path
    case .merged(let place): "merged into \(place)"
    case .leftOut(let reason): "left out: \(reason)"
    }
  }

  func notes(on source: String) -> [String] {
    entries.filter { $0.source == source }.flatMap(\.notes)
  }

  func sum(_ noun: String) -> [Int] {
    sums.first { $0.noun == noun }.map { [$0.found, $0.imported, $0.merged, $0.leftOut] } ?? []
  }
}

/// This machine's pandoc, if it is installed.
let pandocProgram = ToolFinder(
  root: "/", program: "", searchPath: ProcessInfo.processInfo.environment["PATH"] ?? ""
).onPath("pandoc")

/// The folder of third-party data, if it exists.
let sharedData: String? = {
  let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  let candidates: [String?] = [
    ProcessInfo.processInfo.environment["STOA_SHARED_DATA"],
    root.appendingPathComponent("../shared/data").standardizedFileURL.path,
  ]
  return candidates.compactMap { $0 }.first { FileManager.default.fileExists(atPath: $0) }
}()
