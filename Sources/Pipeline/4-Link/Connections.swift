import StoaAddresses
package import StoaModel
import StoaParse

extension Community {
  /// Whether lists of the site show a conversation.
  package func isListed(_ conversation: Index<Conversation>) -> Bool {
    !conversations[conversation].post.isUnlisted
  }

  // MARK: Links and backlinks

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

  // MARK: Answers and distillations

  mutating func addAnswers(_ layout: SiteLayout) {
    for index in conversations.places {
      guard let answer = conversations[index].post.answer else { continue }
      let found = conversations[index].responses.firstPlace {
        $0.response.id == answer.value && $0.response.removed == nil
      }
      conversations[index].answer = found
      guard found == nil,
        !layout.index.unread.has(response: answer.value, to: conversations[index].post.slug)
      else { continue }
      let ids = conversations[index].responses.map(\.response.id)
      diagnostics.append(
        Diagnostic(
          .missingAnswer, at: answer.location,
          "the post has no response “\(answer.value)” to be its answer",
          suggestion: Nearest.match(
            for: ContentPath.identifier(in: answer.value), among: ids
          ).map { "did you mean “\($0)”?" }
            ?? "write the id of a response: its file's name without .md"))
    }
  }

  /// Connects practices to their sources, in both directions.
  mutating func addDistillations(
    _ layout: SiteLayout, _ suggestions: inout Suggestions
  ) {
    for index in conversations.places {
      for source in conversations[index].post.distilledFrom {
        let parts = source.value.split(
          separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let slug = String(parts[0])
        guard let reference = reference(slug, parts.count > 1 ? String(parts[1]) : "", layout)
        else {
          reportUnresolved(source, slug: slug, layout, &suggestions)
          continue
        }
        conversations[index].learnedFrom.append(reference)
        guard isListed(index) else { continue }
        conversations[reference.conversation].became.append(
          Reference(conversation: index, response: nil))
      }
    }
    for index in conversations.places where conversations[index].became.count > 1 {
      var seen: Set<Reference> = []
      conversations[index].became.removeAll { !seen.insert($0).inserted }
    }
  }

  /// Connects posts to those that replace them, in both directions.
  mutating func addSuccessors(_ layout: SiteLayout, _ suggestions: inout Suggestions) {
    for index in conversations.places {
      guard let name = conversations[index].post.supersededBy else { continue }
      guard let successor = layout.bySlug[name.value] else {
        reportUnresolved(name, slug: name.value, layout, &suggestions)
        continue
      }
      guard successor != index else {
        diagnostics.append(
          Diagnostic(
            .unresolvedReference, at: name.location, "the post would replace itself",
            suggestion: "write the slug of another post, or take the line out"))
        continue
      }
      conversations[index].successor = successor
      if isListed(index) { conversations[successor].predecessors.append(index) }
    }
  }

  /// Connects posts with the posts or responses in which they began, in both directions.
  mutating func addBeginnings(_ layout: SiteLayout, _ suggestions: inout Suggestions) {
    for index in conversations.places {
      guard let origin = conversations[index].post.beganIn else { continue }
      let parts = origin.value.split(
        separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
      let slug = String(parts[0])
      guard let reference = reference(slug, parts.count > 1 ? String(parts[1]) : "", layout) else {
        reportUnresolved(origin, slug: slug, layout, &suggestions)
        continue
      }
      guard reference.conversation != index else {
        diagnostics.append(
          Diagnostic(
            .unresolvedReference, at: origin.location, "the post would have begun in itself",
            suggestion: "write the slug of another post, or take the line out"))
        continue
      }
      conversations[index].beganIn = reference
      guard isListed(index) else { continue }
      conversations[reference.conversation].continuations.append(
        Continuation(response: reference.response, post: index))
    }
  }

  // MARK: Translations

  /// Connects the translations of a post.
  mutating func addTranslations(_ layout: SiteLayout, _ suggestions: inout Suggestions) {
    var groups: [Index<Conversation>: [Index<Conversation>]] = [:]
    for index in conversations.places {
      guard let name = conversations[index].post.translationOf else { continue }
      guard let original = layout.bySlug[name.value] else {
        reportUnresolved(name, slug: name.value, layout, &suggestions)
        continue
      }
      guard original != index else {
        diagnostics.append(
          Diagnostic(
            .unresolvedReference, at: name.location, "the post would be its own translation",
            suggestion: "write the slug of another post, or take the line out"))
        continue
      }
      if let problem = problem(ofTranslation: index, of: original, groups[original] ?? []) {
        diagnostics.append(
          Diagnostic(
            .unclearTranslation, at: name.location, problem.message,
            suggestion: problem.suggestion))
      } else {
        groups[original, default: []].append(index)
      }
    }
    for (original, translations) in groups {
      let sorted = translations.sorted { language(of: $0).precedes(language(of: $1)) }
      let members = [original] + sorted
      // What answers one of them answers all.
      let answered = members.filter { conversations[$0].hasFirstAnswer }
      let solved = members.filter { conversations[$0].answer != nil }
      for member in members {
        conversations[member].translations = members.filter { $0 != member && isListed($0) }
        conversations[member].hasAnsweredTranslation = answered.contains { $0 != member }
        conversations[member].hasSolvedTranslation = solved.contains { $0 != member }
      }
    }
  }

  /// The reason why a post cannot be a translation of another; nil when it can.
  private func problem(
    ofTranslation index: Index<Conversation>, of original: Index<Conversation>,
    _ others: [Index<Conversation>]
  ) -> (message: String, suggestion: String)? {
    let slug = conversations[original].post.slug
    if let first = conversations[original].post.translationOf?.value {
      return (
        "“\(slug)” is a translation itself",
        "write the post that was there first: translation-of: \(first)"
      )
    }
    let own = language(of: index)
    guard let same = ([original] + others).first(where: { language(of: $0) == own }) else {
      return nil
    }
    return (
      "this and “\(conversations[same].post.slug)” are both in “\(own)”",
      conversations[index].post.language == nil
        ? "add a line with the language of this post, such as language: \(own == "de" ? "en" : "de")"
        : "write in which language each of them is, or take the line out"
    )
  }

  private func language(of index: Index<Conversation>) -> String {
    conversations[index].post.language ?? settings.language
  }

  private mutating func reportUnresolved(
    _ source: Located<String>, slug: String, _ layout: SiteLayout,
    _ suggestions: inout Suggestions
  ) {
    let isPost = layout.bySlug[slug] != nil
    let fragment = String(source.value.dropFirst(slug.utf8.count + 1))
    let unread = layout.index.unread
    let isUnread =
      isPost && fragment.hasPrefix("response-")
      ? unread.has(response: String(fragment.dropFirst("response-".utf8.count)), to: slug)
      : !isPost && unread.has(name: slug)
    guard !isUnread else { return }
    let nearest =
      isPost ? nil : suggestions.nearest(to: ContentPath.identifier(in: slug), among: .posts)
    diagnostics.append(
      Diagnostic(
        .unresolvedReference, at: source.location,
        isPost
          ? "“\(slug)” has no response “\(fragment)”"
          : "there is no post “\(slug)”",
        suggestion: isPost
          ? "write slug#response-id, with the id of one of its responses"
          : nearest.map { "did you mean “\($0)”?" } ?? "write a post's slug, or slug#response-id"))
  }

  private func reference(_ slug: String, _ fragment: String, _ layout: SiteLayout) -> Reference? {
    guard let conversation = layout.bySlug[slug] else { return nil }
    guard !fragment.isEmpty else { return Reference(conversation: conversation, response: nil) }
    let response = conversations[conversation].responses.firstPlace { $0.fragment == fragment }
    return response.map { Reference(conversation: conversation, response: $0) }
  }

  // MARK: Previous and next

  mutating func addOrder() {
    let listed = conversations.places.filter { isListed($0) }
    for (place, index) in listed.enumerated() {
      conversations[index].next = place > 0 ? listed[place - 1] : nil
      conversations[index].previous = place + 1 < listed.count ? listed[place + 1] : nil
    }
  }
}
