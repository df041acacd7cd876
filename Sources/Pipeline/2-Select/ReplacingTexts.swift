package import StoaModel

extension Selected {
  /// Replaces the body of an item; the selection does not depend on bodies.
  ///
  /// - Returns: The index of the item; nil when this build does not show it.
  package mutating func replace(textOf file: String, with text: SourceText) -> ItemIndex? {
    if let index = responses.replace(text, where: { $0.file == file }) { return .response(index) }
    if let index = posts.replace(text, where: { $0.file == file }) { return .post(index) }
    if let index = contributors.replace(text, where: { $0.file == file }) {
      return .contributor(index)
    }
    if let index = topics.replace(text, where: { $0.file == file }) { return .topic(index) }
    return pages.replace(text, where: { $0.file == file }).map { .page($0) }
  }
}

extension Array {
  fileprivate mutating func replace<Item>(
    _ text: SourceText, where isMeant: (Item) -> Bool
  ) -> Int? where Element == SelectedItem<Item> {
    guard let index = firstIndex(where: { isMeant($0.item) }) else { return nil }
    self[index] = self[index].with(text: text)
    return index
  }
}
