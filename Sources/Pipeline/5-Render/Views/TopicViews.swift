import StoaAddresses
import StoaLink
import StoaModel
import StoaTemplates

/// The tree of topics.
struct TopicsView: ListModel {
  static let kind = PageKind.topics

  let frame: PageFrame.Parts
  /// The topics without a parent.
  private let roots: [Index<TopicEntry>]
  let page: ListPage
  let context: ViewContext

  init(
    _ roots: [Index<TopicEntry>], _ page: ListPage, _ frame: PageFrame, _ context: ViewContext
  ) {
    self.frame = frame.parts(page.describe(context.title(of: .topics), context))
    self.roots = roots
    self.page = page
    self.context = context
  }

  struct Subject: PageSubject {
    let roots: [Index<TopicEntry>]
    let page: ListPage

    func view(_ frame: PageFrame, _ context: ViewContext) -> TopicsView {
      TopicsView(roots, page, frame, context)
    }
  }

  static func plan(_ planner: inout Planner) {
    let topics = planner.context.community.topics
    let roots = topics.places.filter { topics[$0].parent == nil }
    planner.addList(of: roots.count) { Subject(roots: roots, page: $0) }
  }

  static let shape = Shape<Self>(
    page: .topics,
    [
      .flaggedList("topics", of: EntryView.self, "this page's topics, by title") { view in
        view.page.items(of: view.roots).map {
          Part(EntryView(index: $0, depth: 0, context: view.context))
        }
      },
      .pager,
      .record("map", of: TopicMapView.self, "on the first page, the map of at most forty topics") {
        view in
        view.page.isFirst ? TopicMapView(view.context).map { Part($0) } : nil
      },
      .text("bridgesUrl", "the page with conversations that nothing connects") {
        $0.context.href(to: .bridges)
      },
    ])

  struct EntryView: Shaped {
    fileprivate let index: Index<TopicEntry>
    fileprivate let depth: Int
    fileprivate let context: ViewContext

    /// Topics further down are all listed at this depth.
    private static let deepest = 6

    static let shape = Shape<Self>(
      "topic entry",
      [
        .text("url", "the topic's address") { $0.context.href($0.topic.address) },
        .text("title", "its title") { $0.topic.title },
        .text("summary", "the beginning of its description, or empty") {
          $0.topic.description?.summary.excerpt(200) ?? ""
        },
        .text("count", "how many conversations, in words") {
          $0.context.strings.count("conversation-count", $0.topic.conversations.count)
        },
        .record("newest", of: LinkView.self, "the newest conversation in it and below") { view in
          view.topic.newest.map { view.context.link(toConversation: $0) }
        },
        .flaggedList("topics", of: EntryView.self, "the topics below it, in the same form") {
          view in
          view.within.map {
            Part(EntryView(index: $0, depth: view.depth + 1, context: view.context))
          }
        },
      ])

    private var topic: TopicEntry { context.community.topics[index] }

    private var within: [Index<TopicEntry>] {
      if depth < Self.deepest - 1 { return topic.children }
      guard depth < Self.deepest else { return [] }
      var (all, waiting) = ([Index<TopicEntry>](), Array(topic.children.reversed()))
      while let next = waiting.popLast() {
        all.append(next)
        waiting += context.community.topics[next].children.reversed()
      }
      return all
    }
  }
}

/// The page of a topic.
struct TopicView: ListModel {
  static let kind = PageKind.topic

  let frame: PageFrame.Parts
  private let index: Index<TopicEntry>
  private let topic: TopicEntry
  let page: ListPage
  private let feed: SiteAddress?
  let context: ViewContext

  init(_ index: Index<TopicEntry>, _ page: ListPage, _ frame: PageFrame, _ context: ViewContext) {
    let topic = context.community.topics[index]
    var description = page.describe(topic.title, summary: topic.description?.summary ?? "", context)
    if topic.file?.isGuide == true { description.guide = topic.title }
    description.feeds = context.feeds(.topic, beside: topic.address, of: topic.title)
    self.frame = frame.parts(description)
    self.index = index
    self.topic = topic
    self.page = page
    feed = description.feeds.first?.address
    self.context = context
  }

  struct Subject: PageSubject {
    let index: Index<TopicEntry>
    let page: ListPage

    func view(_ frame: PageFrame, _ context: ViewContext) -> TopicView {
      TopicView(index, page, frame, context)
    }
  }

  static func plan(_ planner: inout Planner) {
    let topics = planner.context.community.topics
    for index in topics.places {
      let topic = topics[index]
      planner.addList(of: topic.listed.count, at: topic.address) {
        Subject(index: index, page: $0)
      }
    }
  }

  static let shape = Shape<Self>(
    page: .topic,
    [
      .text("title", "the topic's title") { $0.topic.title },
      .text("topicsUrl", "the list of topics") { $0.context.href(to: .topics) },
      .texts("badges", "its audience, if it is not public") {
        $0.context.badges($0.topic.audience, nil)
      },
      .html("description", "its description") { view in
        view.page.isFirst ? view.topic.description.flatMap { view.context.markup($0) } : nil
      },
      .flag("isGuide", "whether its reading path is a guide") { $0.topic.file?.isGuide ?? false },
      .flaggedList("order", of: LinkView.self, "its reading path, without headings") { view in
        view.page.isFirst ? view.topic.order.map { view.context.link(toConversation: $0) } : []
      },
      .list("groups", of: GroupView.self, "the reading path by heading, with summaries") { view in
        view.page.isFirst ? view.topic.groups.map { Part(GroupView($0, view.context)) } : []
      },
      .flaggedList("writers", of: WriterView.self, "the people who have written about it") { view in
        view.page.isFirst ? view.topic.writers.map { view.writer($0) } : []
      },
      .text("count", "how many conversations, in words") {
        $0.context.strings.count("conversation-count", $0.topic.listed.count)
      },
      .flaggedList(
        "conversations", of: ListItemView.self,
        "this page's conversations; of a guide, those that are not on its path"
      ) { view in view.page.items(of: view.topic.listed).map { view.context.listItem($0) } },
      .pager,
      .flaggedList("responses", of: ExcerptView.self, "the latest responses, on the first page") {
        view in
        view.page.isFirst
          ? view.topic.responses.prefix(responsesShown).compactMap { view.context.excerpt($0) } : []
      },
      .flaggedList("parents", of: LinkView.self, "the topics above it, the outermost first") {
        view in
        view.parents.map { view.context.link(toTopic: $0) }
      },
      .flaggedList("children", of: ChildView.self, "topics below it") { view in
        view.topic.children.map { Part(ChildView(index: $0, context: view.context)) }
      },
      .flaggedList("close", of: LinkView.self, "topics that share conversations with it") { view in
        view.topic.close.prefix(railShown).map {
          view.context.link(
            toTopic: $0.topic, note: view.context.strings.count("shared-count", $0.shared))
        }
      },
      .flaggedList("joining", of: LinkView.self, "conversations that connect it with others") {
        view in
        view.topic.joining.prefix(railShown).map { view.joining($0) }
      },
      .flaggedList("backlinks", of: BacklinkView.self, "what links here, on the first page") {
        view in
        view.page.isFirst ? view.context.backlinks(view.topic.backlinks) : []
      },
      .feed("its feed") { $0.feed },
      .open("x", "the topic's own keys") { $0.context.extras($0.topic.file?.extras ?? []) },
    ])

  /// Posts of a reading path below one heading.
  struct GroupView: Shaped {
    private let group: PathGroup
    private let context: ViewContext

    fileprivate init(_ group: PathGroup, _ context: ViewContext) {
      self.group = group
      self.context = context
    }

    static let shape = Shape<Self>(
      "path group",
      [
        .text("title", "its heading, or empty") { $0.group.heading },
        .list("posts", of: LinkView.self, "its posts; the note is a post's summary") { view in
          view.group.posts.map { index in
            let summary = view.context.community.conversations[index].summary.excerpt(200)
            return view.context.link(toConversation: index, note: summary)
          }
        },
      ])
  }

  private static let railShown = 6
  private static let responsesShown = 8
  /// For a longer chain, the nearest parents are shown.
  private static let parentsShown = 16

  private var parents: [Index<TopicEntry>] {
    var chain: [Index<TopicEntry>] = []
    var next = topic.parent
    while let parent = next, chain.count < Self.parentsShown {
      chain.append(parent)
      next = context.community.topics[parent].parent
    }
    return chain.reversed()
  }

  /// A topic within another.
  struct ChildView: Shaped {
    fileprivate let index: Index<TopicEntry>
    fileprivate let context: ViewContext

    static let shape = Shape<Self>(
      "subtopic",
      [
        .text("url", "its address") { $0.context.href($0.topic.address) },
        .text("title", "its title") { $0.topic.title },
        .text("note", "how many conversations it has") { String($0.topic.conversations.count) },
        .record("newest", of: LinkView.self, "the newest conversation in it and below") { view in
          view.topic.newest.map { view.context.link(toConversation: $0) }
        },
      ])

    private var topic: TopicEntry { context.community.topics[index] }
  }

  private func joining(_ conversation: Index<Conversation>) -> Part<LinkView> {
    let others = context.community.conversations[conversation].topics.filter { $0 != index }
    return context.link(
      toConversation: conversation,
      note: others.map { context.community.topics[$0].title }.joined(separator: " · "))
  }

  private func writer(_ writer: Writer) -> Part<WriterView> {
    let conversation = context.community.conversations[writer.latest.conversation]
    let words =
      writer.latest.response == nil
      ? conversation.title : context.strings.phrase("replied-in", ["title": conversation.title])
    return context.writer(
      writer.contributor, evidence: context.strings.phrase("latest-in", ["title": words]),
      evidenceURL: context.href(of: writer.latest))
  }
}
