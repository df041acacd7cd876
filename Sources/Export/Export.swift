package import Stoa
import StoaLink
import StoaLoad
import StoaModel
import StoaParse
import StoaRender
import StoaSelect
import StoaSystem
import StoaWrite

/// The formats of exports.
package enum ExportFormat: String, Sendable, CaseIterable {
  /// JSON Lines, which `stoa import comments` reads.
  case json
  /// A database that sqlite3 reads.
  case sqlite
  /// WordPress's export, which WordPress takes back.
  case wxr
}

/// What an export wrote.
package struct ExportReport: Sendable {
  package var posts = 0
  package var responses = 0
  package var people = 0
  package var topics = 0
  package var files = 0
}

/// Writes everything that an audience sees to a file: no drafts, no scheduled items, no HTML comments.
///
/// - Parameters:
///   - format: What the file is.
///   - options: Whose community, for which audience, as of which day.
///   - path: The file; it is replaced in one step.
///   - files: The folder into which the files beside posts are copied; nil to leave them.
/// - Throws: `UsageError` for a wrong option, `InputOutputFailure` for a file that the system refuses.
package func export(
  _ format: ExportFormat, _ options: BuildOptions, to path: String, files: String? = nil
) async throws -> ExportReport {
  let sources = try await load(from: options.root, options: options.loading)
  guard sources.hasSettings else {
    throw UsageError("stoa.yml cannot be read; stoa build says why")
  }
  let selected = select(sources, options: try options.selection(for: sources))
  let community = await link(
    try await parse(selected, workers: options.workers), jobs: options.jobs)
  let content = try ExportContent(
    community, texts: selected, baseURL: options.baseURL(for: community.settings),
    bodies: BodyRenderer(community, options: options.rendering(community, .none)),
    comments: options.comments)
  var report = content.report
  switch format {
  case .json:
    let lines = JSONLinesExport(content, files: files.map(\.fileName))
    try replace(path, with: try lines.bytes)
  case .sqlite: try SQLiteExport(content).write(to: path)
  case .wxr: try replace(path, with: try WXRExport(content).bytes)
  }
  if let files { report.files = try copyFiles(of: content, to: files) }
  return report
}

private func replace(_ path: String, with bytes: [UInt8]) throws {
  try FileSystem.replace(path, with: bytes, temporary: "\(path).stoa-tmp")
}

/// Copies the files beside posts, each below its post's slug.
private func copyFiles(of content: ExportContent, to folder: String) throws -> Int {
  var count = 0
  for (slug, assets) in content.assets {
    for asset in assets {
      let target = "\(folder)/\(slug)/\(asset.name)"
      try FileSystem.makeFolders(to: target.pathFolder)
      let bytes = try FileSystem.read(asset.file, in: RootFolder(content.root))
      try replace(target, with: bytes)
      count += 1
    }
  }
  return count
}

extension String {
  fileprivate var fileName: String { split(separator: "/").last.map(String.init) ?? self }
}
