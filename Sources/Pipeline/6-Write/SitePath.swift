/// The paths that files of a site can have, relative to its folder.
enum SitePath {
  /// Whether a path leads to somewhere inside the folder and to nothing that is not a site's: asked of what Render plans, and
  /// of what a manifest lists, which may be planted.
  static func isSound(_ path: String) -> Bool {
    var part = Part()
    for byte in path.utf8 {
      if byte == UInt8(ascii: "/") {
        guard part.isName else { return false }
        part = Part()
      } else {
        guard byte >= 0x20 else { return false }
        part.length += 1
        if byte == UInt8(ascii: ".") { part.dots += 1 }
      }
    }
    return part.isName && !isReserved(path)
  }

  /// The properties of a part between slashes.
  private struct Part {
    var length = 0
    var dots = 0

    /// Neither nothing nor `.` nor `..`.
    var isName: Bool { length > 2 || length > dots }
  }

  /// Whether a path is git's or Stoa's own.
  private static func isReserved(_ path: String) -> Bool {
    guard path.utf8.first == UInt8(ascii: ".") else { return false }
    return path == ".git" || path == ".gitignore" || path.utf8.starts(with: ".git/".utf8)
      || path.utf8.starts(with: ".stoa-".utf8)
  }
}
