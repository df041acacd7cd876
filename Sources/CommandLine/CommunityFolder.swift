import Stoa
import StoaPlatform
import StoaSystem

/// Finds the community that a command works on.
enum CommunityFolder {
  /// The folder of stoa.yml: the one given, or the nearest at or above the working folder.
  static func find(_ source: String?) throws -> String {
    if let source {
      // Load reports a missing stoa.yml.
      let folder = Machine.absolute(source)
      guard exists(folder) else { throw UsageError("there is no folder \(folder)") }
      return folder
    }
    var folder = Machine.workingFolder
    while true {
      if exists("\(folder == "/" ? "" : folder)/stoa.yml") { return folder }
      guard folder != "/" else { break }
      folder = folder.split(separator: "/").dropLast().reduce(into: "") { $0 += "/\($1)" }
      if folder.isEmpty { folder = "/" }
    }
    throw UsageError(
      "there is no stoa.yml in \(Machine.workingFolder) or above it: stoa init creates one")
  }

  /// The path of a community's folder in its repository, with a slash at its end; empty for the repository's root, and where there
  /// is no repository.
  static func pathInRepository(of root: String) -> String {
    var above = root.split(separator: "/")
    var below: [Substring] = []
    while true {
      let folder = above.reduce(into: "") { $0 += "/\($1)" }
      if exists("\(folder)/.git") { return below.reduce(into: "") { $0 += "\($1)/" } }
      guard let last = above.popLast() else { return "" }
      below.insert(last, at: 0)
    }
  }

  /// A path relative to the working folder.
  static func shown(_ path: String) -> String {
    let prefix = Machine.workingFolder == "/" ? "/" : "\(Machine.workingFolder)/"
    return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path
  }

  private static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }
}
