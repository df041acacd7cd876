import StoaModel
package import StoaParse

extension Linking {
  /// The same community but for the words of some texts.
  ///
  /// Names, threads, addresses and lists do not depend on words. Titles and headings do, and other texts link to them: when
  /// those change, everything is linked anew.
  ///
  /// - Parameters:
  ///   - documents: those that this was made from, with other words in `changed`.
  ///   - before: those that this was made from.
  /// - Returns: Nil when everything has to be linked anew.
  package func relinked(
    _ documents: Documents, changed: [DocumentIndex], before: Documents, jobs: Int
  ) async -> Linking? {
    var linking = self
    linking.community.conversations = community.conversations.map { $0.copy() }
    var haveLinksChanged = false
    var haveFindingsChanged = false
    for index in changed {
      guard documents.document(at: index).isFound(like: before.document(at: index)),
        let text = text(at: index)
      else { return nil }
      let (old, new) = linking.bodies.resolve(text, documents, layout)
      haveLinksChanged = haveLinksChanged || old.edges != new.edges
      haveFindingsChanged = haveFindingsChanged || old.findings != new.findings
      linking.community.put(new.body, at: text, documents, layout, names)
    }
    if haveLinksChanged {
      let edges = linking.bodies.edges
      linking.community.removeBacklinks()
      linking.community.addBacklinks(edges)
      await linking.community.addRelated(edges, jobs: jobs)
    }
    if haveFindingsChanged { linking.sortDiagnostics() }
    return linking
  }

  /// The same community in another theme.
  package func withTheme(_ theme: [String: [UInt8]]) -> Linking {
    var linking = self
    linking.community.facts.theme = theme
    return linking
  }

  /// Where a document is shown; nil when it is not.
  private func text(at index: DocumentIndex) -> Bodies.Text? {
    switch index {
    case .post(let post):
      return layout.conversations.firstIndex { $0.post == post }.map { .conversation($0) }
    case .response(let response):
      return layout.conversations.indices.lazy
        .flatMap { Bodies.members(of: $0, layout) }
        .first { $0.response == response }
        .map { .response($0) }
    case .contributor(let contributor): return .contributor(contributor)
    case .topic(let topic): return .topic(topic)
    case .page(let page): return layout.pages.firstIndex { $0.page == page }.map { .page($0) }
    }
  }
}

extension Documents {
  fileprivate func document(at index: DocumentIndex) -> Document {
    switch index {
    case .post(let index): posts[index].document
    case .response(let index): responses[index].document
    case .contributor(let index): contributors[index].document
    case .topic(let index): topics[index].document
    case .page(let index): pages[index].document
    }
  }
}

extension Document {
  /// Whether links lead to the same places in both.
  fileprivate func isFound(like other: Document) -> Bool {
    leadingTitle == other.leadingTitle && isUnread == other.isUnread
      && headings.elementsEqual(other.headings) { $0.id == $1.id && $0.text == $1.text }
  }
}

extension Community {
  fileprivate mutating func put(
    _ body: LinkedBody, at text: Bodies.Text, _ documents: Documents, _ layout: SiteLayout,
    _ names: Names
  ) {
    switch text {
    case .conversation(let index):
      let post = documents.posts[layout.conversations[index].post]
      conversations[index].body = body
      conversations[index].summary = post.item.summary?.directionBalanced ?? body.summary
      conversations[index].readingMinutes = post.document.readingMinutes
    case .response(let member):
      if let position = member.position {
        let response = conversations[member.conversation].responses[position]
        conversations[member.conversation].responses[position] = response.withBody(body)
      } else if let position = layout.conversations[member.conversation].mentions
        .firstIndex(of: member.response)
      {
        let mention = conversations[member.conversation].mentions[position]
        conversations[member.conversation].mentions[position] = mention.withBody(body)
      }
    case .page(let index): pages[index].body = body
    case .topic(let file):
      if let index = names.topics.entries.firstIndex(where: { $0.file == file }) {
        topics[index].description = body
      }
    case .contributor(let file):
      if let index = names.people.entries.firstIndex(where: { $0.file == file }) {
        contributors[index].bio = body
      }
    }
  }

  fileprivate mutating func removeBacklinks() {
    for index in conversations.indices { conversations[index].backlinks = [] }
    for index in pages.indices { pages[index].backlinks = [] }
    for index in contributors.indices { contributors[index].backlinks = [] }
    for index in topics.indices { topics[index].backlinks = [] }
  }
}
