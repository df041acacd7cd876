import StoaModel

/// The folders that go with hidden posts: their bundles, and those of their responses.
///
/// What is wrong with a file in one, down to its name, is nothing that other audiences may hear of.
struct HiddenFolders {
  private var folders: Set<String> = []

  /// Adds the folders of a post that this build does not show.
  ///
  /// Where two posts have one name, what answers them goes as far as the narrower one, and so does what lies beside it.
  mutating func add(_ post: Post) {
    folders.insert("content/responses/\(post.slug)")
    if let bundle = post.bundle { folders.insert(bundle) }
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
  var bundle: String? {
    let ending = "/index.md".utf8
    guard file.utf8.suffix(ending.count).elementsEqual(ending) else { return nil }
    return String(file.utf8.dropLast(ending.count))
  }
}
