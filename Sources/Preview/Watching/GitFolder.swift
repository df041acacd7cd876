internal import StoaLoad

/// Finds git's own folder.
internal enum GitFolder {
  /// The folder of the repository in which a folder lies: `.git`, or what a file of that name leads to; nil when there is none.
  internal static func path(of root: String) -> String? {
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

  /// What a worktree's or submodule's `.git` says: `gitdir: <path>`.
  private static func leadsTo(_ text: String, from folder: String) -> String? {
    guard text.hasPrefix("gitdir: ") else { return nil }
    let path = String(text.dropFirst("gitdir: ".utf8.count).prefix { !$0.isNewline })
    return path.hasPrefix("/") ? path : "\(folder)/\(path)"
  }
}
