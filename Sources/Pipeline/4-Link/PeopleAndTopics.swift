import StoaAddresses
package import StoaModel
import StoaParse

extension Community {
  /// Gives contributors their documents, and the people with whom they exchanged replies.
  mutating func addPeople(jobs: Int) async {
    var exchanges: [Index<ContributorEntry>: [Index<ContributorEntry>: [Reference]]] = [:]
    for index in conversations.places where isListed(index) {
      let (authors, date) = (conversations[index].authors, conversations[index].date)
      let topics = conversations[index].topics
      for author in authors {
        contributors[author].conversations.append(index)
        contributors[author].add(date: date)
        contributors[author].add(topics: topics)
      }
      let responses = conversations[index].responses
      for position in responses.places where responses[position].isCounted {
        let reference = Reference(conversation: index, response: position)
        let answered = Self.answered(by: position, of: responses, authors: authors)
        for other in answered where responses[position].speaker != .contributor(other) {
          contributors[other].answers.append(reference)
        }
        guard case .contributor(let author)? = responses[position].speaker else { continue }
        contributors[author].responses.append(reference)
        contributors[author].add(date: responses[position].date)
        contributors[author].add(topics: topics)
        for other in answered where other != author {
          exchanges[author, default: [:]][other, default: []].append(reference)
          exchanges[other, default: [:]][author, default: []].append(reference)
        }
      }
    }
    let sorted = await mapInSlices(Array(contributors.places), jobs: jobs) {
      [self, exchanges] in
      (
        newestFirst(contributors[$0].responses), newestFirst(contributors[$0].answers),
        partners(exchanges[$0] ?? [:])
      )
    }
    for (index, (responses, answers, partners)) in zip(contributors.places, sorted) {
      contributors[index].responses = responses
      contributors[index].answers = answers
      contributors[index].partners = partners
      contributors[index].topics.sort()
    }
    for index in conversations.indices {
      conversations[index].participants.removeAll { speaker in
        if case .contributor(let person) = speaker { !contributors[person].isListed } else { false }
      }
    }
  }

  /// The contributors whose posts or responses a response answers.
  private static func answered(
    by position: Index<ThreadedResponse>, of responses: [ThreadedResponse],
    authors: [Index<ContributorEntry>]
  ) -> [Index<ContributorEntry>] {
    guard let parent = responses[position].parent else { return authors }
    if case .contributor(let index)? = responses[parent].speaker { return [index] }
    return []
  }

  private func partners(_ exchanges: [Index<ContributorEntry>: [Reference]]) -> [Partner] {
    exchanges
      .filter { contributors[$0.key].isListed }
      .map { Partner(contributor: $0.key, exchanges: newestFirst($0.value)) }
      .sorted { left, right in
        let (first, second) = (date(of: left.exchanges[0]), date(of: right.exchanges[0]))
        return first.seconds != second.seconds
          ? first > second : left.contributor < right.contributor
      }
  }

  /// The date of a post or response.
  package func date(of reference: Reference) -> Timestamp {
    // In one expression each: copying a conversation is expensive, and this is called very often.
    guard let response = reference.response else {
      return conversations[reference.conversation].date
    }
    return conversations[reference.conversation].responses[response].date
  }

  package func newestFirst(_ references: [Reference]) -> [Reference] {
    references.map { (seconds: date(of: $0).seconds, reference: $0) }
      .sorted { left, right in
        if left.seconds != right.seconds { return left.seconds > right.seconds }
        let (first, second) = (left.reference, right.reference)
        if first.conversation != second.conversation {
          return first.conversation < second.conversation
        }
        // A post comes before its responses.
        return (first.response?.position ?? -1) < (second.response?.position ?? -1)
      }
      .map(\.reference)
  }

  // MARK: Topics

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

extension ContributorEntry {
  fileprivate mutating func add(date: Timestamp) {
    first = min(first ?? date, date)
    latest = max(latest ?? date, date)
  }

  fileprivate mutating func add(topics others: [Index<TopicEntry>]) {
    for topic in others where !topics.contains(topic) { topics.append(topic) }
  }
}
