package import StoaModel
import StoaSelect

/// Every selected item with its parsed document: the result of Parse, in the order of its input.
package struct Documents: StageResult {
  package let facts: BuildFacts
  package let assets: ContentAssets
  package let unread: UnreadNames
  package internal(set) var posts: [Parsed<Post>] = []
  package internal(set) var responses: [Parsed<Response>] = []
  package internal(set) var contributors: [Parsed<Contributor>] = []
  package internal(set) var topics: [Parsed<Topic>] = []
  package internal(set) var pages: [Parsed<Page>] = []
  /// The diagnostics of the selected items and of their bodies.
  package internal(set) var diagnostics: [Diagnostic]

  init(selected: Selected) {
    facts = selected.facts
    assets = selected.assets
    unread = selected.unread
    diagnostics = selected.diagnostics
  }
}

/// An item and its parsed document.
package final class Parsed<Item: Sendable>: Sendable {
  package let item: Item
  package let document: Document
  package let audience: Audience
  package let status: ItemStatus?
  package let history: TextHistory?

  init(_ selected: SelectedItem<Item>, document: Document) {
    item = selected.item
    audience = selected.audience
    status = selected.status
    history = selected.history
    self.document = document
  }

  private init(_ other: Parsed, document: Document) {
    item = other.item
    audience = other.audience
    status = other.status
    history = other.history
    self.document = document
  }

  func with(_ document: Document) -> Parsed { Parsed(self, document: document) }
}
