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
        entries: listed.prefix(AtomFeed.size).map { Reference(conversation: $0, response: nil) }))
    let json = JSONFeed(
      address: SiteAddress("/feed.json"), title: title, entries: Array(listed.prefix(AtomFeed.size))
    )
    feedAddresses.append(json.address)
    add(json.address, .entrance, printing: { json.write($0.context, into: &$1) })
    add(
      AtomFeed(
        address: SiteAddress("/responses.xml"), alternate: .home,
        title: words.phrase("responses-feed-title", ["title": context.settings.title]),
        entries: newest(listed.flatMap { responses(of: $0) })))
    for topic in community.topics {
      add(
        AtomFeed(
          address: topic.feedAddress, alternate: topic.address,
          title: words.phrase("feed-title", ["title": topic.title]),
          entries: topic.conversations.prefix(AtomFeed.size).map {
            Reference(conversation: $0, response: nil)
          }))
    }
    for contributor in community.contributors {
      let posts = contributor.conversations.prefix(AtomFeed.size).map {
        Reference(conversation: $0, response: nil)
      }
      add(
        AtomFeed(
          address: contributor.feedAddress, alternate: contributor.address,
          title: words.phrase("feed-title", ["title": contributor.name]),
          entries: newest(posts + contributor.responses.prefix(AtomFeed.size))))
    }
    for (index, conversation) in community.conversations.enumerated()
    where conversation.hasThreadFeed {
      add(
        AtomFeed(
          address: conversation.feedAddress, alternate: conversation.address,
          title: words.phrase("thread-feed-title", ["title": conversation.title]),
          entries: newest(responses(of: index))))
    }
  }

  private func responses(of index: Int) -> [Reference] {
    let responses = context.community.conversations[index].responses
    return responses.indices.filter { responses[$0].isCounted }
      .map { Reference(conversation: index, response: $0) }
  }

  private func newest(_ references: [Reference]) -> [Reference] {
    Array(context.community.newestFirst(references).prefix(AtomFeed.size))
  }

  private mutating func add(_ feed: AtomFeed) {
    feedAddresses.append(feed.address)
    add(feed.address, .entrance, printing: { feed.write($0.context, into: &$1) })
  }
}
