import StoaAddresses
import StoaLink
import StoaModel

extension Planner {
  /// Every feed: posts, responses, topics, contributors, and each conversation that has a response.
  mutating func addFeeds() {
    let community = context.community
    addFeeds(of: .home, beside: .home, context.settings.title) { [listed] content in
      content == .responses ? .responses(listed) : .posts(listed)
    }
    for topic in community.topics {
      addFeeds(of: .topic, beside: topic.address, topic.title) { _ in
        .posts(topic.conversations)
      }
    }
    for (index, contributor) in community.contributors.enumerated() {
      addFeeds(of: .contributor, beside: contributor.address, contributor.name) { _ in
        .contributor(index)
      }
    }
    for (index, conversation) in community.conversations.enumerated() {
      addFeeds(
        of: .conversation, beside: conversation.address, conversation.title,
        hasResponses: conversation.responseCount > 0
      ) { _ in .responses([index]) }
    }
  }

  private mutating func addFeeds(
    of kind: PageKind, beside page: SiteAddress, _ subject: String, hasResponses: Bool = true,
    _ content: (PageKind.Feed.Content) -> AtomFeed.Content
  ) {
    for feed in kind.row.feeds {
      guard let address = feed.address(beside: page, hasResponses: hasResponses) else { continue }
      feedAddresses.append(address)
      switch feed.format {
      case .atom:
        let feed = AtomFeed(
          address: address, alternate: page, titlePhrase: feed.title, of: subject,
          content: content(feed.content))
        add(feed, at: address, .entrance)
      case .json:
        let feed = JSONFeed(
          address: address, title: context.strings.phrase(feed.title, ["title": subject]),
          entries: Array(listed.prefix(AtomFeed.size)))
        add(feed, at: address, .entrance)
      }
    }
  }
}

extension Community {
  /// The responses of a conversation that count.
  func responses(of index: Int) -> [Reference] {
    let responses = conversations[index].responses
    return responses.indices.filter { responses[$0].isCounted }
      .map { Reference(conversation: index, response: $0) }
  }
}
