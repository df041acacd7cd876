import StoaAddresses
import StoaModel
import StoaParse

extension Community {
  /// Gives every document its backlinks: one for each linking document, with the first sentence that links.
  ///
  /// A person gets one backlink for each conversation, and only from others, because people name each other in answer after
  /// answer.
  mutating func addBacklinks(_ edges: [Bodies.Edge], quotes: [Bodies.QuoteEdge]) {
    struct Pair: Hashable {
      let source: Bodies.Edge.Source
      let target: Place.Owner
    }
    let quoting = Set(
      quotes.map { Pair(source: $0.source, target: $0.quotation.text.owner) })
    var seen = Set<Pair>(minimumCapacity: edges.count)
    for edge in edges {
      var source = edge.source
      if case .contributor(let person) = edge.target {
        guard contributors[person].isListed, !isSpeaking(person, in: source) else { continue }
        if case .response(let conversation, _) = source {
          source = .post(conversation: conversation)
        }
      }
      let pair = Pair(source: source, target: edge.target)
      guard seen.insert(pair).inserted else { continue }
      let backlink = backlink(
        from: edge.source, sentence: edge.sentence,
        isQuote: !quoting.isEmpty && quoting.contains(pair))
      switch edge.target {
      case .conversation(let index): conversations[index].backlinks.append(backlink)
      case .page(let index): pages[index].backlinks.append(backlink)
      case .contributor(let index): contributors[index].backlinks.append(backlink)
      case .topic(let index): topics[index].backlinks.append(backlink)
      case .generated: break
      }
    }
    addResponseQuotes(quotes)
    shareBacklinks()
  }

  /// Gives all translations of a document the same backlinks: first those of the original, then those of the translations.
  private mutating func shareBacklinks() {
    for index in conversations.places
    where conversations[index].post.translationOf == nil
      && !conversations[index].translations.isEmpty
    {
      let group = [index] + conversations[index].translations
      let own = Set(group.map { conversations[$0].address })
      let shared = group.flatMap { conversations[$0].backlinks }
        .filter { !own.contains($0.address) }
      var seen: Set<SiteAddress> = []
      let links = shared.filter { seen.insert($0.address).inserted }
      for member in group { conversations[member].backlinks = links }
    }
  }

  /// Gives every response the documents that quote it, each once.
  private mutating func addResponseQuotes(_ quotes: [Bodies.QuoteEdge]) {
    var seen: Set<Bodies.QuoteEdge> = []
    for quote in quotes where seen.insert(quote).inserted {
      guard case .response(let conversation, let fragment) = quote.quotation.text,
        let response = conversations[conversation].responses.firstPlace(where: {
          $0.fragment == fragment
        })
      else { continue }
      conversations[conversation].responseQuotes[response, default: []]
        .append(backlink(from: quote.source, sentence: "", isQuote: true))
    }
  }

  private func isSpeaking(_ person: Index<ContributorEntry>, in source: Bodies.Edge.Source) -> Bool
  {
    switch source {
    case .post(let index): conversations[index].authors.contains(person)
    case .response(let index, let position):
      conversations[index].responses[position].speaker == .contributor(person)
    case .page: false
    }
  }

  private func backlink(
    from source: Bodies.Edge.Source, sentence: String, isQuote: Bool
  ) -> Backlink {
    switch source {
    case .page(let index):
      return Backlink(
        origin: .page, title: pages[index].title, address: pages[index].address, speaker: nil,
        sentence: sentence, isQuote: isQuote)
    case .post(let index):
      let conversation = conversations[index]
      return Backlink(
        origin: .post(conversation.post.kind), title: conversation.title,
        address: conversation.address,
        speaker: conversation.authors.first.map { .contributor($0) }, sentence: sentence,
        isQuote: isQuote)
    case .response(let index, let position):
      let conversation = conversations[index]
      let response = conversation.responses[position]
      return Backlink(
        origin: .response, title: conversation.title,
        address: conversation.address.with(fragment: response.fragment), speaker: response.speaker,
        sentence: sentence, isQuote: isQuote)
    }
  }
}
