/// The paths that files of a site can have, relative to its folder.
enum SitePath {
  /// Whether a path leads into the folder, and not to a reserved name; for planned paths, and for a manifest's, which may be
  /// forged.
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

  /// The properties of a path component.
  private struct Part {
    var length = 0
    var dots = 0

    /// Not empty, and neither `.` nor `..`.
    var isName: Bool { length > 2 || length > dots }
  }

  /// Whether a path belongs to git or to Stoa itself.
  private static func isReserved(_ path: String) -> Bool {
    guard path.utf8.first == UInt8(ascii: ".") else { return false }
    return path == ".git" || path == ".gitignore" || path.utf8.starts(with: ".git/".utf8)
      || path.utf8.starts(with: ".stoa-".utf8)
  }
}
