public import Foundation

/// A community's files in a folder that is removed with this object.
public final class TemporaryCommunity: Sendable {
  /// The folder of stoa.yml.
  public let folder: URL

  /// The absolute path of the folder of stoa.yml.
  public var root: String { folder.path }

  /// - Parameters:
  ///   - files: texts by their paths below `content`.
  ///   - settings: the content of stoa.yml after the title.
  public init(_ files: KeyValuePairs<String, String>, settings: String = "") throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("stoa-test-\(UUID().uuidString)")
    try write("stoa.yml", "title: Test\nhistory: none\n\(settings)\n")
    for (path, text) in files { try write("content/\(path)", text) }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Writes a file below the folder of stoa.yml.
  public func write(_ path: String, _ text: String) throws {
    let file = folder.appendingPathComponent(path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  /// The text of a file below the folder of stoa.yml.
  public func read(_ path: String) throws -> String {
    try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
  }
}
