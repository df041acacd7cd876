internal import StoaAddresses
internal import StoaLink
internal import StoaModel

extension Planner {
  /// Every feed: posts, responses, topics, contributors, and each conversation that has a response.
  internal mutating func addFeeds() {
    let community = context.community
    let words = context.words
    let listed = community.conversations.indices.filter { community.isListed($0) }
    let title = words.phrase("feed-title", ["title": context.settings.title])
    add(
      AtomFeed(
        address: SiteAddress("/feed.xml"), alternate: .home, title: title,
        content: .posts(listed)))
    let json = JSONFeed(
      address: SiteAddress("/feed.json"), title: title, entries: Array(listed.prefix(AtomFeed.size))
    )
    feedAddresses.append(json.address)
    add(json.address, .entrance, printing: { json.write($0.context, into: &$1) })
    add(
      AtomFeed(
        address: SiteAddress("/responses.xml"), alternate: .home,
        title: words.phrase("responses-feed-title", ["title": context.settings.title]),
        content: .responses(listed)))
    for topic in community.topics {
      add(
        AtomFeed(
          address: topic.feedAddress, alternate: topic.address,
          title: words.phrase("feed-title", ["title": topic.title]),
          content: .posts(topic.conversations)))
    }
    for (index, contributor) in community.contributors.enumerated() {
      add(
        AtomFeed(
          address: contributor.feedAddress, alternate: contributor.address,
          title: words.phrase("feed-title", ["title": contributor.name]),
          content: .contributor(index)))
    }
    for (index, conversation) in community.conversations.enumerated()
    where conversation.hasThreadFeed {
      add(
        AtomFeed(
          address: conversation.feedAddress, alternate: conversation.address,
          title: words.phrase("thread-feed-title", ["title": conversation.title]),
          content: .responses([index])))
    }
  }

  private mutating func add(_ feed: AtomFeed) {
    feedAddresses.append(feed.address)
    add(feed.address, .entrance, printing: { feed.write($0.context, into: &$1) })
  }
}

extension Community {
  /// The responses of a conversation that count.
  internal func responses(of index: Int) -> [Reference] {
    let responses = conversations[index].responses
    return responses.indices.filter { responses[$0].isCounted }
      .map { Reference(conversation: index, response: $0) }
  }
}
