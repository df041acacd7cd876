package import StoaModel
package import StoaSelect

/// Parses the documents of a few items again, without the cache.
///
/// - Returns: The documents; nil when parsing one of them reports anything, before or now.
package func parse(
  _ items: [ItemIndex], of selected: Selected, pool: WorkerPool, cache: ParseCache
) async throws -> [Document]? {
  let texts = SelectedTexts(items.map { selected.entry(at: $0) }, of: selected)
  guard !cache.hasReport(in: texts) else { return nil }
  let parsed = try await pool.parse(
    TextQueue(count: texts.count) { try texts.markdown(at: $0) }, bodies: .frame)
  guard !parsed.contains(where: \.isReported) else { return nil }
  cache.keep(parsed, for: texts, new: Array(parsed.indices), isAll: false)
  return parsed.map(\.document)
}

extension Selected {
  fileprivate func entry(at index: ItemIndex) -> SelectedTexts.Entry {
    switch index {
    case .post(let index): SelectedTexts.Entry(posts[index])
    case .response(let index): SelectedTexts.Entry(responses[index])
    case .contributor(let index): SelectedTexts.Entry(contributors[index])
    case .topic(let index): SelectedTexts.Entry(topics[index])
    case .page(let index): SelectedTexts.Entry(pages[index])
    }
  }
}

extension Documents {
  /// The document of an item.
  package subscript(index: ItemIndex) -> Document {
    get {
      switch index {
      case .post(let index): posts[index].document
      case .response(let index): responses[index].document
      case .contributor(let index): contributors[index].document
      case .topic(let index): topics[index].document
      case .page(let index): pages[index].document
      }
    }
    set {
      switch index {
      case .post(let index): posts[index] = posts[index].with(newValue)
      case .response(let index): responses[index] = responses[index].with(newValue)
      case .contributor(let index): contributors[index] = contributors[index].with(newValue)
      case .topic(let index): topics[index] = topics[index].with(newValue)
      case .page(let index): pages[index] = pages[index].with(newValue)
      }
    }
  }
}
