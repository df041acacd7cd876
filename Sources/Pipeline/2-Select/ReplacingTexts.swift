package import StoaLoad
import StoaModel

extension Selected {
  /// The same items with other words: what is shown does not depend on them.
  ///
  /// Changes of items that this build does not show change nothing.
  package func replacing(_ changes: [TextChange]) -> Selected {
    var selected = self
    for change in changes {
      _ =
        selected.responses.replace(change) { $0.file } || selected.posts.replace(change) { $0.file }
        || selected.contributors.replace(change) { $0.file }
        || selected.topics.replace(change) { $0.file }
        || selected.pages.replace(change) { $0.file }
    }
    return selected
  }
}

extension Array {
  /// Puts a changed text in its place; false when it has none here.
  fileprivate mutating func replace<Item>(
    _ change: TextChange, _ file: (Item) -> String
  ) -> Bool where Element == SelectedItem<Item> {
    guard let index = firstIndex(where: { file($0.item) == change.file }) else { return false }
    self[index] = self[index].with(text: change.text)
    return true
  }
}
