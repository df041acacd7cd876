import StoaAddresses
import StoaLink
import StoaModel
import StoaTemplates

/// The home page: new content, open questions, and subjects that connect conversations.
struct HomeView: PageModel {
  static let kind = PageKind.home

  let frame: PageFrame.Parts
  private let context: ViewContext
  private let listed: [Index<Conversation>]

  init(_ frame: PageFrame, _ context: ViewContext) {
    self.frame = frame.parts(
      PageFrame.Description(
        .home, context.settings.title, summary: context.settings.description))
    self.context = context
    listed = context.community.conversations.places.filter { context.community.isListed($0) }
  }

  struct Subject: PageSubject {

    func view(_ frame: PageFrame, _ context: ViewContext) -> HomeView {
      HomeView(frame, context)
    }
  }

  static func plan(_ planner: inout Planner) { planner.addOne(Subject()) }

  static let shape = Shape<Self>(
    page: .home,
    [
      .flaggedList("pinned", of: ListItemView.self, "pinned conversations") { view in
        view.listed.filter { view.conversation($0).post.isPinned }
          .map { view.context.listItem($0) }
      },
      .flaggedList(
        "conversations", of: ListItemView.self,
        "the latest that are not pinned; pages of a guide once they have a response"
      ) { view in
        view.listed.filter { !view.conversation($0).post.isPinned && view.isNews($0) }
          .prefix(conversationsShown).map { view.context.listItem($0) }
      },
      .text("allUrl", "the list of all conversations") { $0.context.href(to: .posts) },
      .flaggedList("responses", of: ExcerptView.self, "the latest responses") { view in
        latestResponses(view.listed, view.context.community).compactMap {
          view.context.excerpt($0)
        }
      },
      .flaggedList("waiting", of: LinkView.self, "conversations without a response") { view in
        view.listed.filter { view.conversation($0).isWaiting }.prefix(railShown)
          .map { view.context.link(toConversation: $0) }
      },
      .flaggedList(
        "across", of: LinkView.self, "the latest conversations that connect topics"
      ) { view in
        view.listed.filter { view.conversation($0).topics.count > 1 }.prefix(railShown)
          .map { index in
            let topics = view.conversation(index).topics.map {
              view.context.community.topics[$0].title
            }
            return view.context.link(
              toConversation: index, note: topics.joined(separator: " · "))
          }
      },
      .flaggedList(
        "newcomers", of: LinkView.self,
        "people who wrote here for the first time in the last 90 days"
      ) { view in
        newcomers(view.context.community).map { view.newcomer($0) }
      },
      .flaggedList("topics", of: LinkView.self, "the topics") { view in
        let topics = view.context.community.topics
        return topics.places.filter { !topics[$0].conversations.isEmpty }.map {
          view.context.link(toTopic: $0, note: String(topics[$0].conversations.count))
        }
      },
    ])

  private static let conversationsShown = 10
  private static let responsesShown = 8
  private static let railShown = 6
  private static let newcomerSeconds: Int64 = 90 * 86_400

  private func conversation(_ index: Index<Conversation>) -> Conversation {
    context.community.conversations[index]
  }

  private func isNews(_ index: Index<Conversation>) -> Bool {
    !conversation(index).isGuidePage || conversation(index).responseCount > 0
  }

  private func newcomer(_ index: Index<ContributorEntry>) -> Part<LinkView> {
    let person = context.community.contributors[index]
    let note = person.first.map {
      context.strings.phrase("first-seen", ["date": context.strings.date($0)])
    }
    return context.link(person.address, person.name, note: note ?? "")
  }

  private static func latestResponses(_ listed: [Index<Conversation>], _ community: Community)
    -> [Reference]
  {
    // The newest responses are in the conversations that were answered last.
    let answered = listed.compactMap { index -> (index: Index<Conversation>, latest: Timestamp)? in
      community.conversations[index].responses.lazy.filter(\.isCounted).map(\.date).max()
        .map { (index, $0) }
    }
    let lively = answered.sorted { left, right in
      left.latest.seconds != right.latest.seconds
        ? left.latest > right.latest : left.index < right.index
    }.prefix(responsesShown).map(\.index)
    let references = lively.flatMap { index in
      community.conversations[index].responses.places
        .filter { community.conversations[index].responses[$0].isCounted }
        .map { Reference(conversation: index, response: $0) }
    }
    return community.newestFirst(references).prefix(responsesShown).map { $0 }
  }

  /// Contributors whose first document is at most 90 days older than the newest visible item.
  private static func newcomers(_ community: Community) -> [Index<ContributorEntry>] {
    guard let newest = community.conversations.map({ $0.latestActivity }).max() else { return [] }
    return community.contributors.places
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
