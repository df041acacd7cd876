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
