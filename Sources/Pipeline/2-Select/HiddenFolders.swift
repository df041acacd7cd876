import StoaModel

/// The folders of hidden posts: their bundles, and those of their responses.
///
/// Other audiences must not see any diagnostic about a file in one, not even its name.
struct HiddenFolders {
  private var folders: Set<String> = []

  /// Adds the folders of a post that this build does not show.
  ///
  /// If two posts have the same name, their responses and the files beside them have the narrower audience.
  mutating func add(_ post: Post) { add(post: post.slug, file: post.file) }

  /// Adds the folders of a post by its slug and its file.
  mutating func add(post slug: String, file: String) {
    folders.insert("content/responses/\(slug)")
    if let bundle = Post.bundle(of: file) { folders.insert(bundle) }
  }

  func holds(_ file: String) -> Bool {
    var folder = file[...]
    while let slash = folder.utf8.lastIndex(of: UInt8(ascii: "/")) {
      folder = folder[..<slash]
      if folders.contains(String(folder)) { return true }
    }
    return false
  }
}

extension Post {
  /// The post's own folder; nil when the post is a single file.
  var bundle: String? { Self.bundle(of: file) }

  fileprivate static func bundle(of file: String) -> String? {
    let ending = "/index.md".utf8
    guard file.utf8.suffix(ending.count).elementsEqual(ending) else { return nil }
    return String(file.utf8.dropLast(ending.count))
  }
}
