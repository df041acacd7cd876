package import StoaModel
import StoaSystem

/// Everything that a build reads: the result of Load.
package struct Sources: Sendable {
  package var settings = Settings()
  /// False when stoa.yml cannot be read, or its audiences are uncertain: then there is no content.
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
  /// The files in `content/static`.
  package var statics: [Asset] = []
  /// Files of the community's `templates` folder, by their path below it.
  package var theme: [String: [UInt8]] = [:]
  /// Diagnostics that belong to no item: stoa.yml, stray files, the theme's folder.
  package var diagnostics: [Diagnostic] = []
  /// Files that did not become items, each with its own diagnostics: responses to them are held back too.
  package var unread: [UnreadFile] = []
  /// Whether git's history was read: a document without a history is then not committed yet.
  package var hasHistory = false
  /// Whether this machine wrote the cache beside the content: git does not track it, if git was asked.
  package internal(set) var trustsCache = true
  /// Reads dates in the community's time zone.
  package var dates = DateReader(zone: .utc)
  /// The folder of stoa.yml.
  package let root: String
  /// The same folder, opened, to read files below it.
  let folder: RootFolder

  init(root: String) {
    self.root = root
    folder = RootFolder(root)
  }
}

/// One file of content: its front matter, its body, and their diagnostics.
///
/// A class, as are the results of later stages: front matter has twenty members, most of them strings or lists, and passing on a
/// struct would retain each of them.
package final class Loaded<Item: Sendable>: Sendable {
  package let item: Item
  package let text: SourceText
  /// These belong to the item: a stage that drops the item drops them.
  package let diagnostics: [Diagnostic]
  /// Nil when git does not know the file.
  package let history: TextHistory?
  /// Whether it is uncertain that it may be shown yet: then it counts as a draft, but its diagnostics are reported.
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
