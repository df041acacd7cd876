import StoaAddresses
import StoaLink
import StoaModel
import StoaTemplates

/// The home page: new content, open questions, and topics that connect conversations.
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
        "those that are not pinned, by their last activity; pages of a guide once they have a response"
      ) { view in
        view.byActivity.prefix(conversationsShown).map { view.context.listItem($0) }
      },
      .text("allUrl", "the list of all conversations") { $0.context.href(to: .posts) },
      .flaggedList(
        "responses", of: ExcerptView.self, "the latest responses, of each person the newest"
      ) { view in
        latestResponses(view.listed, view.context.community).compactMap {
          view.context.excerpt($0)
        }
      },
      .record("about", of: LinkView.self, "the page `about`, if there is one") { view in
        view.context.community.pages.first { $0.page.slug == "about" }
          .map { view.context.link($0.address, $0.title) }
      },
      .flag("takesReplies", "whether the community offers a way to answer") {
        ReplyView.offersReply($0.context)
      },
      .text("waitingUrl", "the list of what waits for a first answer") {
        $0.context.href(to: .waiting)
      },
      .text("waitingCount", "how many wait for it, in words; empty when none does") { view in
        let waiting = view.listed.count { view.conversation($0).isWaiting }
        return waiting == 0 ? "" : view.context.strings.count("waiting-count", waiting)
      },
      .flaggedList(
        "across", of: LinkView.self, "the latest conversations that connect topics"
      ) { view in
        view.listed.filter { view.conversation($0).topics.count > 1 }.prefix(railShown)
          .map { index in
            let topics = view.conversation(index).topics.prefix(topicsNamed).map {
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
      .flaggedList(
        "topics", of: LinkView.self, "the twelve topics most was said about in the last 90 days"
      ) { view in
        mostActive(view.context.community).map {
          view.context.link(
            toTopic: $0, note: String(view.context.community.topics[$0].conversations.count))
        }
      },
      .text("topicsUrl", "the list of all topics") { $0.context.href(to: .topics) },
    ])

  private static let conversationsShown = 10
  private static let responsesShown = 5
  private static let railShown = 6
  private static let topicsShown = 12
  private static let topicsNamed = 3
  /// The maximum age of new or active items, relative to the newest visible item.
  private static let recentSeconds: Int64 = 90 * 86_400

  private func conversation(_ index: Index<Conversation>) -> Conversation {
    context.community.conversations[index]
  }

  /// The conversations that are not pinned, in order of their last document, newest first.
  private var byActivity: [Index<Conversation>] {
    listed.filter { !conversation($0).post.isPinned && isNews($0) }.sorted { left, right in
      let (first, second) = (conversation(left).latestActivity, conversation(right).latestActivity)
      return first.seconds != second.seconds ? first > second : left < right
    }
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

  /// The newest responses, at most one of each person.
  private static func latestResponses(_ listed: [Index<Conversation>], _ community: Community)
    -> [Reference]
  {
    let lively = listed.compactMap { index -> (index: Index<Conversation>, latest: Timestamp)? in
      let conversation = community.conversations[index]
      return conversation.lastWord.map { (index, conversation.responses[$0].date) }
    }.sorted { left, right in
      left.latest.seconds != right.latest.seconds
        ? left.latest > right.latest : left.index < right.index
    }
    var newest: [Speaker: Reference] = [:]
    var shown: [Reference] = []
    for (index, latest) in lively {
      // All remaining documents are older than the shown ones.
      if shown.count == responsesShown, let last = shown.last, community.date(of: last) > latest {
        break
      }
      let responses = community.conversations[index].responses
      for reference in community.responses(of: index) {
        guard let speaker = reference.response.flatMap({ responses[$0].speaker?.withoutAddress })
        else { continue }
        newest[speaker] =
          community.newestFirst([reference] + [newest[speaker]].compactMap(\.self))[0]
      }
      shown = Array(community.newestFirst(Array(newest.values)).prefix(responsesShown))
    }
    return shown
  }

  /// The topics with the most posts and responses in the last 90 days; equal ones in order of their newest document.
  private static func mostActive(_ community: Community) -> [Index<TopicEntry>] {
    let start = (newestItem(community)?.seconds ?? 0) - recentSeconds
    let active = community.topics.places.compactMap {
      index -> (index: Index<TopicEntry>, recent: Int, latest: Int64)? in
      let topic = community.topics[index]
      guard !topic.conversations.isEmpty else { return nil }
      var (recent, latest) = (0, Int64.min)
      for conversation in topic.conversations {
        let seconds = community.conversations[conversation].date.seconds
        if seconds > start { recent += 1 }
        latest = max(latest, seconds)
      }
      for reference in topic.responses {
        let seconds = community.date(of: reference).seconds
        if seconds > start { recent += 1 }
        latest = max(latest, seconds)
      }
      return (index, recent, latest)
    }
    return active.sorted { left, right in
      if left.recent != right.recent { return left.recent > right.recent }
      return left.latest != right.latest ? left.latest > right.latest : left.index < right.index
    }.prefix(topicsShown).map(\.index)
  }

  private static func newestItem(_ community: Community) -> Timestamp? {
    community.conversations.map { $0.latestActivity }.max()
  }

  /// Contributors whose first document is at most 90 days older than the newest visible item.
  private static func newcomers(_ community: Community) -> [Index<ContributorEntry>] {
    guard let newest = newestItem(community) else { return [] }
    return community.contributors.places
      .filter { index in
        guard let first = community.contributors[index].first else { return false }
        return community.contributors[index].isListed
          && first.seconds > newest.seconds - recentSeconds
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
