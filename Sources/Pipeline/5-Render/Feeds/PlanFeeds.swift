internal import StoaAddresses
internal import StoaLink
internal import StoaModel

extension Planner {
  /// Every feed: posts, responses, topics, contributors, and each conversation that has a response.
  internal mutating func addFeeds() {
    let community = context.community
    let listed = community.conversations.indices.filter { community.isListed($0) }
    let title = context.settings.title
    add(
      AtomFeed(
        address: SiteAddress("/feed.xml"), alternate: .home, titlePhrase: "feed-title",
        of: title, content: .posts(listed)))
    let json = JSONFeed(
      address: SiteAddress("/feed.json"),
      title: context.words.phrase("feed-title", ["title": title]),
      entries: Array(listed.prefix(AtomFeed.size)))
    feedAddresses.append(json.address)
    add(json.address, .entrance, printing: { json.write($0.context, into: &$1) })
    add(
      AtomFeed(
        address: SiteAddress("/responses.xml"), alternate: .home,
        titlePhrase: "responses-feed-title", of: title,
        content: .responses(listed)))
    for topic in community.topics {
      add(
        AtomFeed(
          address: topic.feedAddress, alternate: topic.address,
          titlePhrase: "feed-title", of: topic.title,
          content: .posts(topic.conversations)))
    }
    for (index, contributor) in community.contributors.enumerated() {
      add(
        AtomFeed(
          address: contributor.feedAddress, alternate: contributor.address,
          titlePhrase: "feed-title", of: contributor.name,
          content: .contributor(index)))
    }
    for (index, conversation) in community.conversations.enumerated()
    where conversation.hasThreadFeed {
      add(
        AtomFeed(
          address: conversation.feedAddress, alternate: conversation.address,
          titlePhrase: "thread-feed-title", of: conversation.title,
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
