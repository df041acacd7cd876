import StoaAddresses
import StoaLink
import StoaModel

/// The items that an edit renames or moves, with their new names and addresses.
///
/// It refers to no file: the new references follow from it alone.
struct Relocation: Sendable {
  struct ResponseName: Hashable, Sendable {
    let post: String
    let id: String
  }

  /// The names by which front matter refers to a renamed topic or contributor.
  struct Name: Sendable {
    /// Its slug, which always changes.
    let slug: String
    /// Its other names that change.
    let keys: Set<NameKey>
    let new: String

    func matches(_ name: String) -> Bool {
      name.utf8.elementsEqual(slug.utf8) || keys.contains(NameKey(name))
    }
  }

  /// Slugs of posts and pages.
  var texts: [String: String] = [:]
  /// Only responses whose id or post changes, except where only the post's slug does.
  var responses: [ResponseName: ResponseName] = [:]
  var topics: [Name] = []
  var contributors: [Name] = []
  /// Paths of files below the folder of stoa.yml.
  var files: [String: String] = [:]
  /// Paths of conversations, topics and people, with everything below them.
  var addresses: [String: String] = [:]
  /// Paths of pages, below which other documents may be.
  var pages: [String: String] = [:]

  private let community: Community
  /// The slugs of posts by the paths of their pages.
  private let posts: [String: String]
  private let postAddresses: [String: SiteAddress]

  init(_ community: Community) {
    self.community = community
    posts = Dictionary(
      community.conversations.map { ($0.address.path, $0.post.slug) }, uniquingKeysWith: { $1 })
    postAddresses = Dictionary(
      community.conversations.map { ($0.post.slug, $0.address) }, uniquingKeysWith: { $1 })
  }

  func file(_ path: String) -> String { files[path] ?? path }

  func response(_ name: ResponseName) -> ResponseName {
    responses[name] ?? ResponseName(post: texts[name.post] ?? name.post, id: name.id)
  }

  /// The post at a page's path.
  func post(at path: String) -> String? { posts[path] }

  /// The address after the edit.
  func address(_ old: SiteAddress) -> SiteAddress {
    let prefix = "response-"
    if old.fragment.hasPrefix(prefix), let post = posts[old.path] {
      let name = ResponseName(post: post, id: String(old.fragment.dropFirst(prefix.utf8.count)))
      if let new = responses[name] {
        let page = postAddresses[new.post] ?? old
        return SiteAddress(
          path(page.path), fragment: prefix + new.id, query: old.query)
      }
    }
    return SiteAddress(path(old.path), fragment: old.fragment, query: old.query)
  }

  private func path(_ old: String) -> String {
    if let new = addresses[old] ?? pages[old] { return new }
    for (page, new) in addresses where old.utf8.starts(with: page.utf8) {
      return new + String(decoding: old.utf8.dropFirst(page.utf8.count), as: UTF8.self)
    }
    return old
  }
}
