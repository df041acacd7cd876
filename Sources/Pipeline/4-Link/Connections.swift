import StoaAddresses
package import StoaModel
import StoaParse

extension Community {
  /// Whether lists of the site show a conversation.
  package func isListed(_ conversation: Index<Conversation>) -> Bool {
    !conversations[conversation].post.isUnlisted
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
        guard let reference = reference(source, layout, &suggestions) else { continue }
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
      guard let name = conversations[index].post.supersededBy,
        let successor = post(name, layout, &suggestions),
        isOther(successor, than: index, name, "the post would replace itself")
      else { continue }
      conversations[index].successor = successor
      if isListed(index) { conversations[successor].predecessors.append(index) }
    }
  }

  /// Connects posts with the posts or responses in which they began, in both directions.
  mutating func addBeginnings(_ layout: SiteLayout, _ suggestions: inout Suggestions) {
    for index in conversations.places {
      guard let origin = conversations[index].post.beganIn,
        let reference = reference(origin, layout, &suggestions),
        isOther(reference.conversation, than: index, origin, "the post would have begun in itself")
      else { continue }
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
      guard let name = conversations[index].post.translationOf,
        let original = post(name, layout, &suggestions),
        isOther(original, than: index, name, "the post would be its own translation")
      else { continue }
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

  /// The post that a key names; nil, with a diagnostic, if there is none.
  private mutating func post(
    _ name: Located<String>, _ layout: SiteLayout, _ suggestions: inout Suggestions
  ) -> Index<Conversation>? {
    if let found = layout.bySlug[name.value] { return found }
    reportUnresolved(name, slug: name.value, layout, &suggestions)
    return nil
  }

  /// The post or response that a key names; nil, with a diagnostic, if there is none.
  private mutating func reference(
    _ name: Located<String>, _ layout: SiteLayout, _ suggestions: inout Suggestions
  ) -> Reference? {
    let parts = name.value.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let (slug, fragment) = (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
    if let conversation = layout.bySlug[slug] {
      if fragment.isEmpty { return Reference(conversation: conversation, response: nil) }
      let response = conversations[conversation].responses.firstPlace { $0.fragment == fragment }
      if let response { return Reference(conversation: conversation, response: response) }
    }
    reportUnresolved(name, slug: slug, layout, &suggestions)
    return nil
  }

  /// Whether a key of a post names another one; reports that it names the post itself.
  private mutating func isOther(
    _ found: Index<Conversation>, than index: Index<Conversation>, _ name: Located<String>,
    _ message: String
  ) -> Bool {
    guard found == index else { return true }
    diagnostics.append(
      Diagnostic(
        .unresolvedReference, at: name.location, message,
        suggestion: "write the slug of another post, or take the line out"))
    return false
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
