import StoaAddresses
import StoaLink
import StoaModel

extension Planner {
  /// Every feed: posts, responses, topics, questions, practices, gaps, contributors with the answers to them, and each conversation that has a response.
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
    for (kind, meant) in [(PageKind.questions, Post.Kind.question), (.practices, .practice)] {
      let conversations = listed.filter { community.conversations[$0].post.kind == meant }
      addFeeds(of: kind, beside: kind.row.address, context.title(of: kind), .list) { content in
        content == .posts ? .posts(conversations) : .all(conversations)
      }
    }
    addGapFeeds()
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
        let feed = AtomFeed(
          address: address, alternate: page, titlePhrase: feed.title, of: subject,
          beside: place, content: content(feed.content))
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
  func responses(of index: Index<Conversation>) -> [Reference] {
    let responses = conversations[index].responses
    return responses.places.filter { responses[$0].isCounted }
      .map { Reference(conversation: index, response: $0) }
  }
}
