import StoaAddresses
import StoaLink
import StoaModel

extension Planner {
  /// Plans every feed: posts, responses, topics, questions, practices, gaps, contributors, and each conversation with responses.
  mutating func addFeeds() {
    guard context.hasFeeds else { return }
    let community = context.community
    addFeeds(of: .home, beside: .home, context.settings.title, .home) { [listed] content in
      content == .responses ? .responses(listed) : .posts(listed)
    }
    for index in community.topics.places {
      let topic = community.topics[index]
      addFeeds(of: .topic, beside: topic.address, topic.title, .topic(index)) { _ in
        .topic(index)
      }
    }
    let lists: [(PageKind, (Conversation) -> Bool)] = [
      (.waiting, { $0.isWaiting }), (.questions, { $0.post.kind == .question }),
      (.practices, { $0.post.kind == .practice }),
    ]
    for (kind, holds) in lists {
      let conversations = listed.filter { holds(community.conversations[$0]) }
      addFeeds(of: kind, beside: kind.row.address, context.title(of: kind), .list) { content in
        content == .posts ? .posts(conversations) : .all(conversations)
      }
    }
    addGapFeeds()
    addDigestFeeds()
    for index in community.contributors.places {
      let contributor = community.contributors[index]
      addFeeds(
        of: .contributor, beside: contributor.address, contributor.name, .contributor(index)
      ) { content in
        content == .answers ? .answers(index) : .contributor(index)
      }
    }
    for index in community.conversations.places {
      let conversation = community.conversations[index]
      addFeeds(
        of: .conversation, beside: conversation.address, conversation.title, .conversation(index),
        hasResponses: conversation.responseCount > 0
      ) { _ in .responses([index]) }
    }
  }

  private mutating func addGapFeeds() {
    let gaps = context.community.gaps
    guard let page = PageKind.bridges.row.address else { return }
    for address in PageKind.bridges.feeds(beside: page) {
      feedAddresses.append(address)
      let open = gaps.places.filter { gaps[$0].bridges.isEmpty }
      add(GapFeed(address: address, page: page, gaps: open), at: address, .entrance)
    }
  }

  private mutating func addDigestFeeds() {
    guard let page = PageKind.digests.row.address else { return }
    for address in PageKind.digests.feeds(beside: page) {
      feedAddresses.append(address)
      add(DigestFeed(address: address, page: page), at: address, .entrance)
    }
  }

  /// The archive documents of a feed; none unless the settings ask for them, and none if other files have their addresses.
  private func archive(of feed: AtomFeed, at address: SiteAddress) -> [FeedArchive.Part] {
    guard context.settings.archivesFeeds else { return [] }
    let parts = FeedArchive.parts(
      of: feed.entries(context.community, atMost: .max), size: context.settings.feedSize)
    let isFree = parts.indices.allSatisfy {
      !isTaken(SiteAddress.archive(of: address, $0 + 1).outputPath)
    }
    return isFree ? parts : []
  }

  private mutating func addFeeds(
    of kind: PageKind, beside page: SiteAddress?, _ subject: String, _ place: AtomFeed.Page,
    hasResponses: Bool = true, _ content: (PageKind.Feed.Content) -> AtomFeed.Content
  ) {
    guard let page else { return }
    for feed in kind.row.feeds {
      guard let address = feed.address(beside: page, hasResponses: hasResponses) else { continue }
      feedAddresses.append(address)
      switch feed.format {
      case .atom:
        let plain = AtomFeed(
          address: address, alternate: page, titlePhrase: feed.title, of: subject,
          beside: place, content: content(feed.content))
        let parts = archive(of: plain, at: address)
        let archive = parts.last.map { FeedArchive(count: $0.archive.count) }
        let feed = AtomFeed(
          address: address, alternate: page, titlePhrase: feed.title, of: subject,
          beside: place, content: content(feed.content), archive: archive)
        add(feed, at: address, .entrance)
        for (index, part) in parts.enumerated() {
          add(feed.archived(part), at: .archive(of: address, index + 1), .entrance)
        }
      case .json:
        let feed = JSONFeed(
          address: address, title: context.strings.phrase(feed.title, ["title": subject]),
          entries: Array(listed.prefix(context.settings.feedSize)))
        add(feed, at: address, .entrance)
      }
    }
  }
}

extension Community {
  /// The responses of a conversation that are counted.
  func responses(of index: Index<Conversation>) -> [Reference] {
    let responses = conversations[index].responses
    return responses.places.filter { responses[$0].isCounted }
      .map { Reference(conversation: index, response: $0) }
  }
}
