package import StoaModel
import StoaSystem

/// All that a build reads: the result of Load.
package struct Sources: Sendable {
  package var settings = Settings()
  /// False when stoa.yml cannot be read, or does not say for certain for whom the content is: then there is no content.
  package internal(set) var hasSettings = false
  package var posts: [Loaded<Post>] = []
  package var responses: [Loaded<Response>] = []
  package var contributors: [Loaded<Contributor>] = []
  package var topics: [Loaded<Topic>] = []
  package var pages: [Loaded<Page>] = []
  /// Files beside posts, by the slug of the post's bundle.
  package var postAssets: [String: [Asset]] = [:]
  /// Files beside contributors' files.
  package var contributorAssets: [Asset] = []
  /// What `content/static` holds.
  package var statics: [Asset] = []
  /// Files of the community's `templates` folder by their name below it.
  package var theme: [String: [UInt8]] = [:]
  /// Diagnostics that belong to no item: stoa.yml, stray files, the theme's folder.
  package var diagnostics: [Diagnostic] = []
  /// Files that no item was made of, each with its own diagnostics: what answers them is kept back with them.
  package var unread: [UnreadFile] = []
  /// Whether git told of the texts: one that has no history is not committed yet.
  package var hasHistory = false
  /// Whether the cache beside the content is this machine's own: git does not keep it, as far as git was asked.
  package internal(set) var trustsCache = true
  /// Reads dates in the community's time zone.
  package var dates = DateReader(zone: .utc)
  /// The folder of stoa.yml.
  package let root: String
  /// The same, for opening what is below it.
  let folder: RootFolder

  init(root: String) {
    self.root = root
    folder = RootFolder(root)
  }
}

/// One file of content: its front matter, its text, and their diagnostics.
///
/// An object, as what later stages make of it: front matter has twenty members, most of them texts or lists, and each would be
/// counted again wherever an item is handed on.
package final class Loaded<Item: Sendable>: Sendable {
  package let item: Item
  package let text: SourceText
  /// These travel with the item: a stage that drops the item drops them.
  package let diagnostics: [Diagnostic]
  /// Nil when git does not know the file.
  package let history: TextHistory?
  /// Whether it is uncertain that it may be shown yet: then it is a draft, and its diagnostics are reported all the same.
  package let isHeldBack: Bool

  package init(
    _ item: Item, text: SourceText, diagnostics: [Diagnostic] = [], history: TextHistory? = nil,
    isHeldBack: Bool = false
  ) {
    self.item = item
    self.text = text
    self.diagnostics = diagnostics
    self.history = history
    self.isHeldBack = isHeldBack
  }

  func with(history: TextHistory?) -> Loaded {
    Loaded(
      item, text: text, diagnostics: diagnostics, history: history, isHeldBack: isHeldBack)
  }

  package func adding(_ diagnostic: Diagnostic) -> Loaded {
    Loaded(
      item, text: text, diagnostics: diagnostics + [diagnostic], history: history,
      isHeldBack: isHeldBack)
  }
}
