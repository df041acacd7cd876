import StoaModel
import StoaWrite

/// The image that a Jekyll or Hugo post has for cards and its header.
enum FeaturedImage {
  /// The image in the front matter, or in a Hugo bundle the file name that themes look for; empty when there is none.
  static func name(in record: SourceRecord, resources: [String]) -> String {
    let nested = ["cover", "image", "header", "featuredimage"].compactMap { record.record($0) }
    let said =
      [record.text("image", "featured_image", "featuredImage", "cover", "thumbnail")]
      + record.texts("images").prefix(1)
      + nested.map { $0.text("image", "path", "feature", "src", "teaser") }
    if let name = said.first(where: { !$0.isEmpty }) { return CleanText.line(name) }
    let starts = ["feature", "cover"]
    return resources.first { name in
      starts.contains { name.lowercased().hasPrefix($0) } && !StaticmanLayout.isText(name)
    } ?? ""
  }

  /// The image as a file of the site; nil when there is no such file.
  ///
  /// - Parameters:
  ///   - name: a path from the site's root, or from the post's folder.
  ///   - folder: the post's folder, below the source.
  static func file(_ name: String, in root: String, folder: String) throws -> SourceFile? {
    let parts = name.split(separator: "/").map(String.init)
    guard let last = parts.last, !parts.contains(".."), !parts.contains("."), !name.contains("://")
    else { return nil }
    for place in [folder, "static", "", "assets"] {
      let path = (place.split(separator: "/").map(String.init) + parts).joined(separator: "/")
      if try isFile(path, below: root) {
        return SourceFile(key: path, name: last, path: path, root: root)
      }
    }
    return nil
  }

  /// Whether a file exists, without following a link, which might lead out of the source.
  private static func isFile(_ path: String, below root: String) throws -> Bool {
    var current = root
    var kind = FileSystem.Kind.folder
    for part in path.split(separator: "/") {
      guard kind == .folder else { return false }
      current += "/\(part)"
      kind = try FileSystem.kind(of: current)
    }
    if case .file = kind { return true }
    return false
  }
}
