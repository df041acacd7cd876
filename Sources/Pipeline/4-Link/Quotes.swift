import StoaAddresses
import StoaHTML
import StoaModel
import StoaParse

/// The limits on quotes in one document, so that a short document cannot make a long page.
enum QuoteLimit {
  /// The maximum number of quotes in a document.
  static let count = 32
  /// The maximum total size of quotes in a document, in bytes.
  static let bytes = 64 * 1024
}

extension Bodies {
  /// A document that quotes another.
  struct QuoteEdge: Sendable, Hashable {
    let source: Edge.Source
    let quotation: Quotation
  }

  /// Every shown quote, in a fixed order, except quotes in documents that lists do not name.
  var quotes: [QuoteEdge] {
    quotingTexts.flatMap { text -> [QuoteEdge] in
      let outcome = self[text]
      guard let source = outcome.source else { return [] }
      return outcome.quotes.filter(\.isShown)
        .map { QuoteEdge(source: source, quotation: $0.quotation) }
    }
  }

  /// Replaces a quote by a link if the quote has no content, is too large, or leads back to its own document.
  mutating func settleQuotes(_ documents: Documents, _ layout: SiteLayout) {
    for text in quotingTexts {
      let file = Self.work(text, documents, layout).origin.file
      var refusals = QuoteRefusals(self[text], file: file)
      refusals.refuseLong(documents, layout)
      self[text] = refusals.outcome
    }
    for cycle in quoteCycles(documents, layout) {
      let file = Self.work(cycle.text, documents, layout).origin.file
      var refusals = QuoteRefusals(self[cycle.text], file: file)
      refusals.refuse(cycle.quote, closing: cycle.files)
      self[cycle.text] = refusals.outcome
    }
  }

  /// Whether a document quotes others or is quoted, so that a change of its words may change which quotes are shown.
  func areQuotesAffected(by text: Text, _ documents: Documents) -> Bool {
    guard !quotingTexts.isEmpty else { return false }
    let node = QuotedText(text, documents)
    return quotingTexts.contains { quoting in
      let outcome = self[quoting]
      return QuotedText(quoting, documents) == node
        || outcome.quotes.contains { $0.quotation.text == node }
    }
  }

  // MARK: Cycles

  /// A quote that leads back to its own text.
  private struct Cycle {
    let text: Text
    let quote: Quote
    /// The files of all documents in the cycle, in order of their names.
    let files: [String]
  }

  /// The quotes that close a cycle, found depth first: without them, no document quotes itself.
  private func quoteCycles(_ documents: Documents, _ layout: SiteLayout) -> [Cycle] {
    struct Visit {
      let node: QuotedText
      var next = 0
    }
    var texts: [QuotedText: Text] = [:]
    var order: [QuotedText] = []
    for text in quotingTexts {
      guard let node = QuotedText(text, documents) else { continue }
      texts[node] = text
      order.append(node)
    }
    var cycles: [Cycle] = []
    var settled: Set<QuotedText> = []
    for start in order where !settled.contains(start) {
      var path = [Visit(node: start)]
      var onPath: Set<QuotedText> = [start]
      while let visit = path.last {
        let quotes = texts[visit.node].map { self[$0].quotes.filter(\.isShown) } ?? []
        guard visit.next < quotes.count, let text = texts[visit.node] else {
          settled.insert(visit.node)
          onPath.remove(visit.node)
          path.removeLast()
          continue
        }
        path[path.count - 1].next += 1
        let quote = quotes[visit.next]
        let node = quote.quotation.text
        if onPath.contains(node) {
          let files = path.drop { $0.node != node }.compactMap { texts[$0.node] }
            .map { Self.work($0, documents, layout).origin.file }
          cycles.append(
            Cycle(text: text, quote: quote, files: files.sorted { $0.precedes($1) }))
        } else if texts[node] != nil, !settled.contains(node) {
          onPath.insert(node)
          path.append(Visit(node: node))
        }
      }
    }
    return cycles
  }
}

extension QuotedText {
  /// A text that can be quoted itself; nil for descriptions of topics and people.
  fileprivate init?(_ text: Bodies.Text, _ documents: Documents) {
    switch text {
    case .conversation(let index): self = .post(index)
    case .response(let member):
      self = .response(
        member.conversation, fragment: "response-\(documents.responses[member.response].item.id)")
    case .page(let index): self = .page(index)
    case .topic, .contributor: return nil
    }
  }

  func document(_ documents: Documents, _ layout: SiteLayout) -> Document {
    switch self {
    case .post(let index): return documents.posts[layout[index].post].document
    case .page(let index): return documents.pages[layout[index].page].document
    case .response(let index, let fragment):
      let members = layout[index].nodes.map(\.response) + layout[index].mentions
      let response = members.lazy.map { documents.responses[$0] }.first {
        "response-\($0.item.id)" == fragment
      }
      return response.flatMap { $0.item.removed == nil ? $0.document : nil } ?? Document()
    }
  }
}
