package import StoaModel
package import StoaParse

extension Linking {
  /// In a larger community, computing closeness would take too long after each save.
  private static let mostConversationsCompared = 1_000

  /// Resolves a few documents again and updates the community.
  ///
  /// Names, threads, addresses and lists do not depend on documents' words. Titles and headings do, and other documents link to
  /// them: these must be unchanged.
  ///
  /// - Returns: Whether the community shows all of the documents; if not, everything has to be linked again.
  package mutating func resolve(
    _ items: [ItemIndex], in documents: Documents, jobs: Int
  ) async -> Bool {
    var haveLinksChanged = false
    var haveFindingsChanged = false
    for item in items {
      guard let text = text(at: item), !hasPassages(text),
        !bodies.areQuotesAffected(by: text, documents)
      else {
        return false
      }
      let (old, new) = bodies.resolve(text, documents, layout)
      guard new.quotes.isEmpty else { return false }
      haveLinksChanged = haveLinksChanged || old.edges != new.edges
      haveFindingsChanged = haveFindingsChanged || old.findings != new.findings
      community.put(new.body, at: text, documents, layout, names)
    }
    if haveLinksChanged {
      let edges = bodies.edges
      community.removeBacklinks()
      community.addBacklinks(edges, quotes: bodies.quotes)
    }
    // A change of words in one conversation can change the closeness of any two, so closeness is computed completely or not at all.
    if community.conversations.count <= Self.mostConversationsCompared {
      let gaps = community.gaps
      await community.addCloseness(bodies.edges, jobs: jobs)
      // The plan refers to gaps by their index, so their pages and feeds must stay the same.
      guard gaps.elementsEqual(community.gaps, by: { $0.isPlanned(like: $1) }) else { return false }
    }
    if haveFindingsChanged { sortDiagnostics() }
    return true
  }

  /// The body of a future response, resolved as if it were in a conversation.
  package func body(of document: Document, answering index: Index<Conversation>) -> LinkedBody {
    let book = AddressBook(layout.index, names, community.settings)
    let conversation = community.conversations[index]
    var resolver = SlotResolver(
      book,
      origin: Origin(
        owner: .conversation(index),
        file: "content/responses/\(conversation.post.slug)/reply.md",
        address: conversation.address))
    return resolver.resolve(document)
  }

  /// Uses another theme for the community.
  package mutating func use(theme: [String: [UInt8]]) { community.facts.theme = theme }

  /// Whether responses are about words of a document's conversation: a change of its words moves the passages.
  private func hasPassages(_ text: Bodies.Text) -> Bool {
    switch text {
    case .conversation(let index): community.conversations[index].isAboutWords
    case .response(let member): community.conversations[member.conversation].isAboutWords
    case .page, .topic, .contributor: false
    }
  }

  /// The shown document of an item; nil when it is not shown.
  private func text(at index: ItemIndex) -> Bodies.Text? {
    switch index {
    case .post(let post):
      return layout.conversations.firstIndex { $0.post == post }
        .map { .conversation(Index($0)) }
    case .response(let response):
      return layout.conversationPlaces.lazy
        .flatMap { Bodies.members(of: $0, layout) }
        .first { $0.response == response }
        .map { .response($0) }
    case .contributor(let contributor): return .contributor(contributor)
    case .topic(let topic): return .topic(topic)
    case .page(let page):
      return layout.pages.firstIndex { $0.page == page }.map { .page(Index($0)) }
    }
  }
}

extension Gap {
  /// Whether both gaps are between the same conversations, and are both open or both joined.
  fileprivate func isPlanned(like other: Gap) -> Bool {
    newer == other.newer && older == other.older && bridges.isEmpty == other.bridges.isEmpty
  }
}

extension Community {
  fileprivate mutating func put(
    _ body: LinkedBody, at text: Bodies.Text, _ documents: Documents, _ layout: SiteLayout,
    _ names: Names
  ) {
    switch text {
    case .conversation(let index):
      let post = documents.posts[layout[index].post]
      conversations[index].body = body
      conversations[index].summary = post.item.summary?.directionBalanced ?? body.summary
      conversations[index].readingMinutes = post.document.readingMinutes
    case .response(let member):
      if let position = member.position {
        let response = conversations[member.conversation].responses[position]
        conversations[member.conversation].responses[position] = response.withBody(body)
      } else if let position = layout[member.conversation].mentions
        .firstIndex(of: member.response)
      {
        let mention = conversations[member.conversation].mentions[position]
        conversations[member.conversation].mentions[position] = mention.withBody(body)
      }
    case .page(let index): pages[index].body = body
    case .topic(let file):
      if let index = names.topics.entry(ofFile: file) {
        topics[index].description = body
      }
    case .contributor(let file):
      if let index = names.people.entry(ofFile: file) {
        contributors[index].bio = body
      }
    }
  }

  fileprivate mutating func removeBacklinks() {
    for index in conversations.indices {
      conversations[index].backlinks = []
      if !conversations[index].responseQuotes.isEmpty { conversations[index].responseQuotes = [:] }
    }
    for index in pages.indices { pages[index].backlinks = [] }
    for index in contributors.indices { contributors[index].backlinks = [] }
    for index in topics.indices { topics[index].backlinks = [] }
  }
}
