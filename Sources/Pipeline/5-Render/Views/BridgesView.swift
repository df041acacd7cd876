import StoaAddresses
import StoaLink
import StoaModel
import StoaTemplates

/// The page of conversations about one subject that are not connected, and of those that a post has joined.
struct BridgesView: ListModel {
  static let kind = PageKind.bridges

  let frame: PageFrame.Parts
  private let open: [Index<Gap>]
  private let joined: [Index<Gap>]
  let page: ListPage
  private let feed: SiteAddress?
  let context: ViewContext

  /// - Parameters:
  ///   - open: all open gaps, by their newer conversation.
  ///   - joined: all others.
  init(
    open: [Index<Gap>], joined: [Index<Gap>], _ page: ListPage, _ frame: PageFrame,
    _ context: ViewContext
  ) {
    var description = page.describe(context.title(of: .bridges), context)
    description.feeds = context.feeds(ofList: .bridges)
    self.frame = frame.parts(description)
    self.open = open
    self.joined = joined
    self.page = page
    feed = description.feeds.first?.address
    self.context = context
  }

  struct Subject: PageSubject {
    let open: [Index<Gap>]
    let joined: [Index<Gap>]
    let page: ListPage

    func view(_ frame: PageFrame, _ context: ViewContext) -> BridgesView {
      BridgesView(open: open, joined: joined, page, frame, context)
    }
  }

  static func plan(_ planner: inout Planner) {
    let gaps = planner.context.community.gaps
    let open = gaps.places.filter { gaps[$0].bridges.isEmpty }
    let joined = gaps.places.filter { !gaps[$0].bridges.isEmpty }
    planner.addList(of: open.count, joined.count) {
      Subject(open: open, joined: joined, page: $0)
    }
  }

  static let shape = Shape<Self>(
    page: .bridges,
    [
      .flaggedList("gaps", of: GapView.self, "pairs that nothing connects") { view in
        view.page.items(of: view.open).map { Part(GapView(index: $0, context: view.context)) }
      },
      .flaggedList("joined", of: GapView.self, "pairs that a post has joined") { view in
        view.page.items(of: view.joined).map { Part(GapView(index: $0, context: view.context)) }
      },
      .isFirst,
      .pager,
      .feed("the feed of the pairs") { $0.feed },
    ])
}

/// Two conversations about one subject.
struct GapView: Shaped {
  let index: Index<Gap>
  let context: ViewContext

  static let shape = Shape<Self>(
    "gap",
    [
      .record("newer", of: LinkView.self, "one of the two") {
        $0.context.link(toConversation: $0.gap.newer)
      },
      .record("older", of: LinkView.self, "the other") {
        $0.context.link(toConversation: $0.gap.older)
      },
      .text("words", "up to four words that both posts have, in one phrase") {
        $0.context.words(of: $0.gap)
      },
      .flaggedList("bridges", of: LinkView.self, "the posts that link to both") { view in
        view.gap.bridges.map { view.context.link(toConversation: $0) }
      },
    ])

  private var gap: Gap { context.community.gaps[index] }
}

/// A person who has written about a question's subject.
struct NearWriterView: Shaped {
  let writer: NearWriter
  let person: PersonView
  let context: ViewContext

  static let shape = Shape<Self>(
    "near writer",
    Field.contributor { $0.person },
    [
      .flag("isGuest", "always false") { $0.person.isGuest },
      .list("texts", of: LinkView.self, "the closest of their posts and responses") { view in
        view.writer.texts.map { view.context.link(to: $0) }
      },
    ])
}

extension ViewContext {
  func words(of gap: Gap) -> String {
    gap.words.joined(separator: strings.text("name-separator"))
  }

  /// The gaps between a conversation and others, each as a link to the other with their common words.
  func unknown(to index: Index<Conversation>) -> [Part<LinkView>] {
    community.conversations[index].unknown.map { number in
      let gap = community.gaps[number]
      return link(
        toConversation: gap.newer == index ? gap.older : gap.newer, note: words(of: gap))
    }
  }

  /// The feeds of a list with one page or several.
  func feeds(
    ofList kind: PageKind
  ) -> [(address: SiteAddress, title: String, type: String)] {
    kind.row.address.map { feeds(kind, beside: $0, of: title(of: kind)) } ?? []
  }
}
