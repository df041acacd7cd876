import ArgumentParser
import Foundation
import Stoa
import StoaExternalTools
import StoaParse
import StoaTestSupport
import Testing

@testable import StoaCommandLine

/// A small community under `Tests/Sites`, with its expected result.
struct SiteCase: Sendable, CustomTestStringConvertible {
  let folder: URL

  var name: String { folder.lastPathComponent }
  var testDescription: String { name }

  /// `Tests/Sites`.
  static let sites = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Sites")

  /// The folder of this checkout.
  static let root = sites.deletingLastPathComponent().deletingLastPathComponent()

  /// Whether this run records the results instead of comparing them: `make record`.
  static let isRecording = ProcessInfo.processInfo.environment["STOA_RECORD"] == "1"

  /// The cases in a folder of `Tests/Sites`, in order of their names.
  static func all(_ kind: String) -> [SiteCase] {
    let folder = sites.appendingPathComponent(kind)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { !$0.hasPrefix(".") }.sorted()
      .map { SiteCase(folder: folder.appendingPathComponent($0)) }
  }

  /// Builds a copy of the community with the options of `stoa build`, and passes on the report and the site's folder.
  ///
  /// - Parameters:
  ///   - milliseconds: the time limit for parsing a document, if it differs from the default.
  ///   - hasTools: false to build as if no other programs were installed.
  ///   - prepare: adds files to the copy that git cannot store.
  func build<Result>(
    _ arguments: [String], milliseconds: Int? = nil, hasTools: Bool = true,
    prepare: ((URL) throws -> Void)? = nil,
    _ use: (BuildReport, _ site: URL) async throws -> Result
  ) async throws -> Result {
    let work = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: work) }
    let community = work.appendingPathComponent("community")
    try FileManager.default.copyItem(at: folder, to: community)
    try prepare?(community)
    let site = work.appendingPathComponent("site")
    let report = try await buildSite(
      community, to: site, arguments, milliseconds: milliseconds, hasTools: hasTools)
    return try await use(report, site)
  }
}

/// Builds a community with the options that the command line makes of its arguments.
func buildSite(
  _ community: URL, to site: URL, _ arguments: [String] = [], milliseconds: Int? = nil,
  hasTools: Bool = true
) async throws -> BuildReport {
  var options = try siteOptions(community, to: site, arguments)
  let tools = community.appendingPathComponent(toolFolder).path
  if !hasTools {
    options.searchPath = nil
  } else if FileManager.default.fileExists(atPath: tools) {
    options.searchPath = "\(tools):\(options.searchPath ?? "")"
  }
  if let milliseconds { options.workers.processorMilliseconds = milliseconds }
  return try await Stoa.build(options)
}

/// The options that the command line makes of its arguments.
func siteOptions(
  _ community: URL, to site: URL, _ arguments: [String] = []
) throws -> BuildOptions {
  let given = ["--source", community.path, "--output", site.path, "--jobs", "1"]
  let dated = arguments.contains("--as-of") ? [] : ["--as-of", "2026-07-01"]
  let command = try BuildCommand.parse(given + dated + arguments)
  var options = try command.options()
  options.worker = stoaExecutable
  return options
}

/// A new folder for this test.
func temporaryFolder() throws -> URL {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("stoa-sites-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  return folder
}

/// Compares a text with a recorded file, or records it.
func compare(_ text: String, with file: URL) throws -> Bool {
  if SiteCase.isRecording {
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    return true
  }
  return try String(contentsOf: file, encoding: .utf8) == text
}
