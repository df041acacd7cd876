internal import StoaModel

/// The paths that files of a site can have, relative to its folder.
internal enum SitePath {
  /// Whether a path leads to somewhere inside the folder and to nothing that is not a site's: asked of what Render plans, and
  /// of what a manifest claims, which somebody may have planted.
  internal static func isSound(_ path: String) -> Bool {
    let parts = path.pathParts(keepingEmpty: true)
    let staysInside = parts.allSatisfy { part in
      !part.isEmpty && part != "." && part != ".." && !part.utf8.contains { $0 < 0x20 }
    }
    return staysInside && parts.first != ".git" && path != ".gitignore"
      && !path.utf8.starts(with: ".stoa-".utf8)
  }
}
