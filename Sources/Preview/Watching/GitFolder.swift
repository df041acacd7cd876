import StoaLoad
import StoaSystem

/// Finds git's own folder.
enum GitFolder {
  /// The git folder of a folder's repository: `.git`, or the target of a file with that name; nil when there is none.
  static func path(of root: String) -> String? {
    var parts = root.split(separator: "/")
    while true {
      let folder = parts.reduce(into: "") { $0 += "/\($1)" }
      let candidate = "\(folder)/.git"
      if (try? FolderReader.list(candidate)) ?? nil != nil { return candidate }
      if let bytes = try? FileReader.read(candidate, maximumSize: 1 << 12) {
        return leadsTo(String(decoding: bytes, as: UTF8.self), from: folder)
      }
      guard parts.popLast() != nil else { return nil }
    }
  }

  /// The files that determine the last commit: when they change, the history has changed.
  static func state(of root: String) -> [[UInt8]] {
    guard let folder = path(of: root) else { return [] }
    let head = read("\(folder)/HEAD")
    // A worktree has its own HEAD, but its repository's branches.
    let common = read("\(folder)/commondir").prefix { $0 != UInt8(ascii: "\n") }
    let shared = common.isEmpty ? folder : resolve(String(decoding: common, as: UTF8.self), folder)
    let text = String(decoding: head.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    guard text.hasPrefix("ref: ") else { return [head] }
    return [head, read("\(shared)/\(text.dropFirst(5))"), read("\(shared)/packed-refs")]
  }

  private static func read(_ path: String) -> [UInt8] {
    (try? FileReader.read(path, maximumSize: 1 << 24)) ?? []
  }

  private static func resolve(_ path: String, _ folder: String) -> String {
    path.hasPrefix("/") ? path : "\(folder)/\(path)"
  }

  /// Reads the `.git` file of a worktree or submodule: `gitdir: <path>`.
  private static func leadsTo(_ text: String, from folder: String) -> String? {
    guard text.hasPrefix("gitdir: ") else { return nil }
    let path = String(text.dropFirst("gitdir: ".utf8.count).prefix { !$0.isNewline })
    return resolve(path, folder)
  }
}
