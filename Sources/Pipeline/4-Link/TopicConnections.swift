import StoaAddresses
import StoaModel
import StoaParse

extension Community {
  /// Gives topics their conversations, parents, reading paths, writers, and related topics.
  mutating func addTopicConnections(
    _ names: Names, _ unread: UnreadNames, _ suggestions: inout Suggestions, jobs: Int
  ) async {
    for index in conversations.places where isListed(index) {
      for topic in conversations[index].topics { topics[topic].conversations.append(index) }
    }
    addParents(names, unread, &suggestions)
    addPaths(unread, &suggestions)
    let looked = await mapInSlices(Array(topics.places), jobs: jobs) { [self] in
      (writers(of: $0), close(to: $0), responses(about: $0))
    }
    addNewest()
    for (topic, (writers, close, responses)) in zip(topics.places, looked) {
      topics[topic].writers = writers
      topics[topic].responses = responses
      topics[topic].joining = close.joining
      topics[topic].close = close.topics
    }
  }

  private mutating func addParents(
    _ names: Names, _ unread: UnreadNames, _ suggestions: inout Suggestions
  ) {
    var parents: [Index<TopicEntry>: Index<TopicEntry>] = [:]
    for index in topics.places {
      guard let parent = topics[index].file?.parent else { continue }
      guard let found = names.topics.find(parent.value) else {
        if unread.has(name: parent.value) || unread.has(name: Slug.make(from: parent.value)) {
          continue
        }
        diagnostics.append(
          Diagnostic(
            .missingTopic, at: parent.location, "there is no topic “\(parent.value)”",
            suggestion: suggestions.nearest(to: parent.value, among: .topics).map {
              "did you mean “\($0)”?"
            } ?? "write a file for it in content/topics"))
        continue
      }
      var ancestor: Index<TopicEntry>? = found
      while let next = ancestor, next != index { ancestor = parents[next] }
      if ancestor == index {
        diagnostics.append(
          Diagnostic(
            .topicCycle, at: parent.location, "the topic would be its own ancestor",
            suggestion: "take one parent out"))
      } else {
        parents[index] = found
      }
    }
    for (index, parent) in parents.sorted(by: { $0.key < $1.key }) {
      topics[index].parent = parent
      topics[parent].children.append(index)
    }
  }

  /// Newest conversations first: the first that reaches the top of the tree is the newest for all topics on its way.
  private mutating func addNewest() {
    let newest = topics.places.compactMap { topic in
      topics[topic].conversations.first.map { (conversation: $0, topic: topic) }
    }
    for (conversation, topic) in newest.sorted(by: { ($0.0, $0.1) < ($1.0, $1.1) }) {
      var ancestor: Index<TopicEntry>? = topic
      while let next = ancestor, topics[next].newest == nil {
        topics[next].newest = conversation
        ancestor = topics[next].parent
      }
    }
  }

  private func responses(about topic: Index<TopicEntry>) -> [Reference] {
    newestFirst(
      topics[topic].conversations.flatMap { index in
        let responses = conversations[index].responses
        return responses.places.filter { responses[$0].isCounted }
          .map { Reference(conversation: index, response: $0) }
      })
  }

  private mutating func addPaths(_ unread: UnreadNames, _ suggestions: inout Suggestions) {
    let slugs = Dictionary(
      conversations.places.map { (conversations[$0].post.slug, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    for topic in topics.places {
      var onPath: Set<Index<Conversation>> = []
      for group in topics[topic].file?.order ?? [] {
        var shown = PathGroup(heading: group.heading?.value ?? "", posts: [])
        for slug in group.posts {
          if let index = slugs[slug.value] {
            if onPath.insert(index).inserted { shown.posts.append(index) }
          } else if !unread.has(name: slug.value) {
            diagnostics.append(
              Diagnostic(
                .unresolvedReference, at: slug.location, "there is no post “\(slug.value)”",
                suggestion: suggestions.nearest(
                  to: ContentPath.identifier(in: slug.value), among: .posts
                )
                .map { "did you mean “\($0)”?" } ?? "write a post's slug"))
          }
        }
        if !shown.posts.isEmpty { topics[topic].groups.append(shown) }
      }
      let order = topics[topic].groups.flatMap(\.posts)
      let isGuide = topics[topic].file?.isGuide ?? false
      topics[topic].order = order
      topics[topic].listed = topics[topic].conversations
      if isGuide { topics[topic].listed.removeAll { onPath.contains($0) } }
      for (place, index) in order.enumerated() {
        conversations[index].paths.append(
          PathPlace(
            topic: topic, previous: place > 0 ? order[place - 1] : nil,
            next: place + 1 < order.count ? order[place + 1] : nil, isGuide: isGuide))
      }
    }
  }

  /// The people who wrote about a topic: the latest post or response of each.
  private func writers(of topic: Index<TopicEntry>) -> [Writer] {
    var latest: [Index<ContributorEntry>: Reference] = [:]
    func offer(_ contributor: Index<ContributorEntry>, _ reference: Reference) {
      guard contributors[contributor].isListed else { return }
      if let known = latest[contributor], date(of: known) >= date(of: reference) { return }
      latest[contributor] = reference
    }
    for index in topics[topic].conversations {
      for author in conversations[index].authors {
        offer(author, Reference(conversation: index, response: nil))
      }
      for position in conversations[index].responses.places
      where conversations[index].responses[position].isCounted {
        guard case .contributor(let author)? = conversations[index].responses[position].speaker
        else { continue }
        offer(author, Reference(conversation: index, response: position))
      }
    }
    return latest.map { Writer(contributor: $0.key, latest: $0.value) }
      .sorted { left, right in
        let (first, second) = (date(of: left.latest), date(of: right.latest))
        return first.seconds != second.seconds
          ? first > second : left.contributor < right.contributor
      }
  }

  /// Topics that share conversations with this one, and those conversations.
  private func close(to topic: Index<TopicEntry>) -> (
    topics: [CloseTopic], joining: [Index<Conversation>]
  ) {
    var joining: [Index<Conversation>] = []
    var shared: [Index<TopicEntry>: Int] = [:]
    for index in topics[topic].conversations {
      let others = conversations[index].topics.filter { $0 != topic }
      if !others.isEmpty { joining.append(index) }
      for other in others { shared[other, default: 0] += 1 }
    }
    let topics = shared.map { CloseTopic(topic: $0.key, shared: $0.value) }
      .sorted { $0.shared != $1.shared ? $0.shared > $1.shared : $0.topic < $1.topic }
    return (topics, joining)
  }
}
