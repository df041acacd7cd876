package import StoaModel

/// The items that one build may show: the result of Select, and the only input of later stages.
package struct Selected: StageResult {
  package var facts: BuildFacts
  package var posts: [SelectedItem<Post>] = []
  package var responses: [SelectedItem<Response>] = []
  package var contributors: [SelectedItem<Contributor>] = []
  package var topics: [SelectedItem<Topic>] = []
  package var pages: [SelectedItem<Page>] = []
  package var assets = ContentAssets()
  package var diagnostics: [Diagnostic] = []
  package var leftOut = LeftOut()
  /// Existing items that cannot be used; hidden items are not included.
  package var unread = UnreadNames()

  init(_ facts: BuildFacts) { self.facts = facts }
}

/// An item that this build shows.
package final class SelectedItem<Item: Sendable>: Sendable {
  package let item: Item
  package let text: SourceText
  /// The audience of the item, after inheritance.
  package let audience: Audience
  package let status: ItemStatus?
  /// Nil when git does not know the file, or was not used.
  package let history: TextHistory?

  init(
    item: Item, text: SourceText, audience: Audience, status: ItemStatus?,
    history: TextHistory? = nil
  ) {
    self.item = item
    self.text = text
    self.audience = audience
    self.status = status
    self.history = history
  }

  func with(text: SourceText) -> SelectedItem {
    SelectedItem(item: item, text: text, audience: audience, status: status, history: history)
  }
}
