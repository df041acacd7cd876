import StoaModel
package import StoaSelect

/// An item of Documents, by its kind and its index there.
package enum DocumentIndex: Sendable, Hashable {
  case post(Int)
  case response(Int)
  case contributor(Int)
  case topic(Int)
  case page(Int)
}

extension Documents {
  /// The same documents but for those of some files, whose words have changed and nothing else.
  ///
  /// - Parameters:
  ///   - selected: what the documents were parsed from, with the new words in it.
  ///   - cache: that with which they were parsed.
  /// - Returns: The documents, and which of them are new; nil when a text has a diagnostic, before or now.
  package func reparsed(
    _ selected: Selected, files: Set<String>, pool: WorkerPool, cache: ParseCache
  ) async throws -> (documents: Documents, changed: [DocumentIndex])? {
    var changed: [DocumentIndex] = []
    var entries: [SelectedTexts.Entry] = []
    func look<Item>(
      _ items: [SelectedItem<Item>], _ file: (Item) -> String,
      _ entry: (SelectedItem<Item>) -> SelectedTexts.Entry, _ place: (Int) -> DocumentIndex
    ) {
      for index in items.indices where files.contains(file(items[index].item)) {
        changed.append(place(index))
        entries.append(entry(items[index]))
      }
    }
    look(selected.posts, \.file, { .init($0) }, { .post($0) })
    look(selected.responses, \.file, { .init($0) }, { .response($0) })
    look(selected.contributors, \.file, { .init($0) }, { .contributor($0) })
    look(selected.topics, \.file, { .init($0) }, { .topic($0) })
    look(selected.pages, \.file, { .init($0) }, { .page($0) })

    let texts = SelectedTexts(entries, of: selected)
    guard !cache.hasReport(in: texts) else { return nil }
    let parsed = try await pool.parse(
      TextQueue(count: texts.count) { try texts.markdown(at: $0) }, bodies: .frame)
    guard !parsed.contains(where: \.isReported) else { return nil }
    cache.keep(parsed, for: texts, new: Array(parsed.indices), isAll: false)
    var documents = self
    for (place, text) in zip(changed, parsed) {
      switch place {
      case .post(let index): documents.posts.replace(index, text.document)
      case .response(let index): documents.responses.replace(index, text.document)
      case .contributor(let index): documents.contributors.replace(index, text.document)
      case .topic(let index): documents.topics.replace(index, text.document)
      case .page(let index): documents.pages.replace(index, text.document)
      }
    }
    return (documents, changed)
  }
}

extension Array {
  fileprivate mutating func replace<Item>(_ index: Int, _ document: Document)
  where Element == Parsed<Item> {
    self[index] = self[index].with(document)
  }
}
