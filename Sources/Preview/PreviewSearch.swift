package import StoaLink
import StoaModel
import StoaSearch
import Synchronization

/// The search index of a snapshot, made at the first search, so that a save does not wait for it.
package final class PreviewSearch: Sendable {
  private let community: Community
  private let files = Mutex<[String: [UInt8]]?>(nil)

  /// Nil if the site has no search.
  package init?(_ community: Community) {
    guard community.settings.search != .none else { return nil }
    self.community = community
  }

  /// The bytes of a file of the index, by its path below the site's root.
  func bytes(at path: String) -> [UInt8]? {
    guard path.hasPrefix(SearchIndex.folder + "/") else { return nil }
    return files.withLock { files in
      if let files { return files[path] }
      let made = Dictionary(
        SearchIndex(community).files.map { ("\(SearchIndex.folder)/\($0.name)", $0.bytes) },
        uniquingKeysWith: { first, _ in first })
      files = made
      return made[path]
    }
  }
}
