import StoaAddresses

/// Finds the post that a folder of comments is about.
struct PostMatcher {
  private var byName: [String: Int] = [:]

  /// Takes a post's names; the first post keeps a name.
  mutating func add(_ names: [String], of index: Int) {
    for name in names where byName[name] == nil { byName[name] = index }
  }

  /// - Parameters:
  ///   - folder: the folder's name below the comments.
  ///   - page: what its comments say about the page; empty when they do not say.
  func match(folder: String, page: String) -> Int? {
    let last = folder.split(separator: "/").last.map(String.init) ?? folder
    let path = OldAddress.path(of: page) ?? page
    let lastOfPage = path.split(separator: "/").last.map(String.init) ?? ""
    for name in [folder, last, path, StaticmanLayout.stem(of: lastOfPage)] {
      let key = Slug.make(from: name)
      if !key.isEmpty, let index = byName[key] { return index }
    }
    return nil
  }
}
