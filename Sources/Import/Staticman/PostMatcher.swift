import StoaAddresses

/// Finds the post for a folder of comments.
struct PostMatcher {
  private var byName: [String: Int] = [:]

  /// Adds a post's names; a name that an earlier post has is skipped.
  mutating func add(_ names: [String], of index: Int) {
    for name in names where byName[name] == nil { byName[name] = index }
  }

  /// - Parameters:
  ///   - folder: the folder's name below the comments.
  ///   - page: the page that its comments name; empty when they name none.
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
