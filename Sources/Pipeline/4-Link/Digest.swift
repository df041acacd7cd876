package import StoaModel
import StoaParse

/// The events of a past month, each list in order of date.
package struct Digest: Sendable {
  package let month: CalendarMonth
  /// Posts that are not practices.
  package fileprivate(set) var begun: [Index<Conversation>] = []
  /// Older conversations with a response in the month, each with its last response.
  package fileprivate(set) var continued: [Reference] = []
  /// The responses that answer a question.
  package fileprivate(set) var answers: [Reference] = []
  /// The first documents of new contributors.
  package fileprivate(set) var firstWords: [Reference] = []
  package fileprivate(set) var practices: [Index<Conversation>] = []
  /// The newest conversations that had no response by others, and questions that had no answer, at the end of the month.
  package fileprivate(set) var waiting: [Index<Conversation>] = []
  /// The date of the newest document in the month.
  package fileprivate(set) var latest: Timestamp

  /// The maximum number of waiting conversations in a digest.
  static let waitingNamed = 20
}

extension SiteLayout {
  /// The months that have a digest: past months with a post or a response that lists show.
  func digestMonths(_ documents: Documents) -> Set<CalendarMonth> {
    var months: Set<CalendarMonth> = []
    for entry in conversations where documents.posts[entry.post].isInDigests {
      months.insert(CalendarMonth(entry.date.day))
      for node in entry.nodes {
        let response = documents.responses[node.response]
        guard response.item.isCounted, response.status == nil else { continue }
        months.insert(CalendarMonth((response.item.date ?? entry.date).day))
      }
    }
    return months.filter { $0.isOver(on: documents.asOf.day) }
  }
}

extension Parsed<Post> {
  /// Whether digests include the post; a draft or scheduled post has not been published yet.
  fileprivate var isInDigests: Bool { !item.isUnlisted && status == nil }
}

extension Community {
  /// Makes the digests of some months, newest first.
  mutating func addDigests(of months: Set<CalendarMonth>) {
    var found = Dictionary(
      uniqueKeysWithValues: months.map {
        ($0, Digest(month: $0, latest: Timestamp(seconds: .min / 2, offset: 0, isDay: false)))
      })
    let listed = conversations.places.filter { isListed($0) && conversations[$0].status == nil }
    var firstResponses: [Index<Conversation>: Timestamp] = [:]
    for index in listed.reversed() {
      let conversation = conversations[index]
      let month = CalendarMonth(conversation.date.day)
      if conversation.post.kind == .practice {
        found[month]?.practices.append(index)
      } else {
        found[month]?.begun.append(index)
      }
      found[month]?.include(conversation.date)
      var last: [CalendarMonth: Reference] = [:]
      for place in conversation.responses.places {
        let response = conversation.responses[place]
        guard response.isCounted, response.status == nil else { continue }
        if response.isFromOthers {
          firstResponses[index] =
            firstResponses[index].map { min($0, response.date) } ?? response.date
        }
        let month = CalendarMonth(response.date.day)
        guard found[month] != nil else { continue }
        found[month]?.include(response.date)
        let reference = Reference(conversation: index, response: place)
        if place == conversation.answer { found[month]?.answers.append(reference) }
        if let other = last[month], date(of: other) > response.date { continue }
        last[month] = reference
      }
      for (month, reference) in last where month > CalendarMonth(conversation.date.day) {
        found[month]?.continued.append(reference)
      }
    }
    for index in contributors.indices where contributors[index].isListed {
      guard let reference = firstWords(of: contributors[index]) else { continue }
      found[CalendarMonth(date(of: reference).day)]?.firstWords.append(reference)
    }
    digests = found.values.sorted { $0.month > $1.month }.map { digest in
      var digest = digest
      digest.waiting = waiting(at: digest.month, listed, firstResponses)
      digest.continued.sort(by: precedes)
      digest.answers.sort(by: precedes)
      // Two people may have begun with the same post.
      digest.firstWords = Set(digest.firstWords).sorted(by: precedes)
      return digest
    }
  }

  private func precedes(_ left: Reference, _ right: Reference) -> Bool {
    let (first, second) = (date(of: left).seconds, date(of: right).seconds)
    if first != second { return first < second }
    // Conversations are sorted newest first.
    if left.conversation != right.conversation { return left.conversation > right.conversation }
    return (left.response?.position ?? -1) < (right.response?.position ?? -1)
  }

  private func firstWords(of person: ContributorEntry) -> Reference? {
    let isShown = { (index: Index<Conversation>) in
      isListed(index) && conversations[index].status == nil
    }
    let post = person.conversations.last(where: isShown)
      .map { Reference(conversation: $0, response: nil) }
    let response = person.responses.last {
      guard let place = $0.response, isShown($0.conversation) else { return false }
      return conversations[$0.conversation].responses[place].status == nil
    }
    return [post, response].compactMap { $0 }.min(by: precedes)
  }

  private func waiting(
    at month: CalendarMonth, _ listed: [Index<Conversation>],
    _ firstResponses: [Index<Conversation>: Timestamp]
  ) -> [Index<Conversation>] {
    let isUpToNow = { (date: Timestamp) in CalendarMonth(date.day) <= month }
    return Array(
      listed.lazy.filter { index in
        let conversation = conversations[index]
        let isOpen =
          conversation.post.acceptsResponses
          || conversation.post.closedOn.map { !isUpToNow($0) } ?? false
        // It waits until what replaces it is there.
        let isReplaced = conversation.successor.map { isUpToNow(conversations[$0].date) } ?? false
        guard isUpToNow(conversation.date), isOpen, !isReplaced, !conversation.isGuidePage
        else { return false }
        return !([index] + conversation.translations).contains { version in
          let answer =
            conversation.post.kind == .question
            ? conversations[version].answer.map { conversations[version].responses[$0].date }
            : firstResponses[version]
          return answer.map(isUpToNow) ?? false
        }
      }.prefix(Digest.waitingNamed).reversed())
  }
}

extension Digest {
  fileprivate mutating func include(_ date: Timestamp) {
    if date > latest { latest = date }
  }
}
