internal import StoaAddresses
internal import StoaLink
internal import StoaModel
internal import StoaTemplates

/// The home page: what is new, what waits, and where conversations meet.
internal enum HomeView {
  internal static let shape = Shape(
    "home",
    PageFrame.fields + [
      .init("pinned", .records { SharedShapes.listItem }, "pinned conversations"),
      .init("hasPinned", .flag, "whether there are any"),
      .init("conversations", .records { SharedShapes.listItem }, "the latest conversations"),
      .init("hasConversations", .flag, "whether there are any that are not pinned"),
      .init("allUrl", .text, "the list of all conversations"),
      .init("responses", .records { SharedShapes.excerpt }, "the latest responses"),
      .init("hasResponses", .flag, "whether there are any"),
      .init("waiting", .records { SharedShapes.link }, "conversations without a response"),
      .init("hasWaiting", .flag, "whether there are any"),
      .init("across", .records { SharedShapes.link }, "the latest conversations that join topics"),
      .init("hasAcross", .flag, "whether there are any"),
      .init(
        "newcomers", .records { SharedShapes.link }, "who wrote here first in the last 90 days"),
      .init("hasNewcomers", .flag, "whether there are any"),
      .init("topics", .records { SharedShapes.link }, "the topics"),
      .init("hasTopics", .flag, "whether there are any"),
    ])

  private static let conversationsShown = 10
  private static let responsesShown = 8
  private static let railShown = 6
  private static let newcomerSeconds: Int64 = 90 * 86_400

  internal static func view(_ frame: PageFrame, _ context: ViewContext) -> Record {
    let community = context.community
    let listed = community.conversations.indices.filter { community.isListed($0) }
    let pinned = listed.filter { community.conversations[$0].post.isPinned }
    let latest = listed.filter { !community.conversations[$0].post.isPinned }
      .prefix(conversationsShown)
    let responses = latestResponses(listed, community)
    let waiting = listed.filter { community.conversations[$0].isWaiting }.prefix(railShown)
    let across = listed.filter { community.conversations[$0].topics.count > 1 }.prefix(railShown)
    let newcomers = newcomers(community)
    let topics = community.topics.indices.filter { !community.topics[$0].conversations.isEmpty }
    let page = PageFrame.Description(
      .home, context.settings.title, summary: context.settings.description)
    return Record(
      shape, frame.values(page),
      [
        "pinned": .list(pinned.map { context.listItem($0) }), "hasPinned": .flag(!pinned.isEmpty),
        "conversations": .list(latest.map { context.listItem($0) }),
        "hasConversations": .flag(!latest.isEmpty),
        "allUrl": .text(context.href(to: .posts)),
        "responses": .list(responses.map { context.excerpt($0) }),
        "hasResponses": .flag(!responses.isEmpty),
        "waiting": .list(waiting.map { context.link(toConversation: $0) }),
        "hasWaiting": .flag(!waiting.isEmpty),
        "across": .list(
          across.map { index in
            let topics = community.conversations[index].topics.map { community.topics[$0].title }
            return context.link(toConversation: index, note: topics.joined(separator: " · "))
          }), "hasAcross": .flag(!across.isEmpty),
        "newcomers": .list(
          newcomers.map { index in
            let person = community.contributors[index]
            let note = person.first.map {
              context.words.phrase("first-seen", ["date": context.words.date($0)])
            }
            return context.link(person.address, person.name, note: note ?? "")
          }), "hasNewcomers": .flag(!newcomers.isEmpty),
        "topics": .list(
          topics.map {
            context.link(toTopic: $0, note: String(community.topics[$0].conversations.count))
          }), "hasTopics": .flag(!topics.isEmpty),
      ])
  }

  private static func latestResponses(_ listed: [Int], _ community: Community) -> [Reference] {
    // The newest responses are in the conversations that were answered last.
    let answered = listed.compactMap { index -> (index: Int, latest: Moment)? in
      community.conversations[index].responses.lazy.filter(\.isCounted).map(\.date).max()
        .map { (index, $0) }
    }
    let lively = answered.sorted { left, right in
      left.latest.seconds != right.latest.seconds
        ? left.latest > right.latest : left.index < right.index
    }.prefix(responsesShown).map(\.index)
    let references = lively.flatMap { index in
      community.conversations[index].responses.indices
        .filter { community.conversations[index].responses[$0].isCounted }
        .map { Reference(conversation: index, response: $0) }
    }
    return community.newestFirst(references).prefix(responsesShown).map { $0 }
  }

  /// Contributors whose first words are at most 90 days older than the newest visible item.
  private static func newcomers(_ community: Community) -> [Int] {
    guard let newest = community.conversations.map(\.latestActivity).max() else { return [] }
    return community.contributors.indices
      .filter { index in
        guard let first = community.contributors[index].first else { return false }
        return community.contributors[index].isListed
          && first.seconds > newest.seconds - newcomerSeconds
      }
      .sorted { left, right in
        let (first, second) = (
          community.contributors[left].first?.seconds ?? 0,
          community.contributors[right].first?.seconds ?? 0
        )
        return first != second ? first > second : left < right
      }.prefix(railShown).map { $0 }
  }
}
