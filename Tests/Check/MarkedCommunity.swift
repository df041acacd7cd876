import Foundation
import Stoa
import StoaCheck
import StoaModel
import StoaParse
import StoaTestSupport

/// An example's files in a folder of their own, which is removed with this object, and the marked places in them.
final class MarkedCommunity {
  let root: String
  /// In order of file, line and column.
  let marks: [SourceLocation]

  init(_ example: Example) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("stoa-check-\(UUID().uuidString)")
    root = folder.path
    var marks: [SourceLocation] = []
    var files = example.files
    if files["stoa.yml"] == nil { files["stoa.yml"] = "title: Bells\n" }
    // Some examples are about the theme alone, and a community without content is an error.
    if !files.keys.contains(where: { $0.hasPrefix("content/") }) {
      files["content/posts/bell.md"] =
        "---\ntitle: Bell\nauthor: Ada\ndate: 2026-01-01\n---\n\nDong.\n"
    }
    for (path, marked) in files.sorted(by: { $0.key < $1.key }) {
      let (text, found) = Self.unmarked(marked, file: path)
      marks += found
      let file = folder.appendingPathComponent(path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    self.marks = marks
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  func check(audience: String? = nil, published: PublishedList? = nil) async throws -> [Diagnostic]
  {
    try await Stoa.check(options(audience: audience), published: published)
  }

  func options(audience: String? = nil) -> BuildOptions {
    var options = BuildOptions(root: root)
    options.asOf = "2026-11-01"
    options.jobs = 1
    options.worker = stoaExecutable
    options.searchPath = nil
    options.audience = audience
    return options
  }

  private static func unmarked(
    _ marked: String, file: String
  ) -> (text: String, marks: [SourceLocation]) {
    let parts = marked.components(separatedBy: Example.mark)
    var text = parts[0]
    var marks: [SourceLocation] = []
    for part in parts.dropFirst() {
      if text.isEmpty, part.isEmpty {
        marks.append(SourceLocation(file: file))
        continue
      }
      let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      let column = (lines.last?.count ?? 0) + 1
      marks.append(SourceLocation(file: file, line: lines.count, column: column))
      text += part
    }
    return (text, marks)
  }
}
