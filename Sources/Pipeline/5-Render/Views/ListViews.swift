import StoaAddresses
import StoaLink
import StoaModel
import StoaTemplates

/// The list of all conversations.
struct PostsView: ListModel {
  static let kind = PageKind.posts

  let frame: PageFrame.Parts
  private let listed: [Index<Conversation>]
  let page: ListPage
  let context: ViewContext

  init(
    _ listed: [Index<Conversation>], _ page: ListPage, _ frame: PageFrame, _ context: ViewContext
  ) {
    self.frame = frame.parts(page.describe(context.title(of: .posts), context))
    self.listed = listed
    self.page = page
    self.context = context
  }

  struct Subject: PageSubject {
    let listed: [Index<Conversation>]
    let page: ListPage

    func view(_ frame: PageFrame, _ context: ViewContext) -> PostsView {
      PostsView(listed, page, frame, context)
    }
  }

  static func plan(_ planner: inout Planner) {
    let listed = planner.listed
    planner.addList(of: listed.count) { Subject(listed: listed, page: $0) }
  }

  static let shape = Shape<Self>(
    page: .posts,
    [
      .text("count", "how many conversations there are, in words") {
        $0.context.strings.count("conversation-count", $0.listed.count)
      },
      .flaggedList("conversations", of: ListItemView.self, "this page's conversations") { view in
        view.page.items(of: view.listed).map { view.context.listItem($0) }
      },
      .pager,
    ])
}

/// The conversations that wait for a first answer from another person.
struct WaitingView: ListModel {
  static let kind = PageKind.waiting

  let frame: PageFrame.Parts
  private let waiting: [Index<Conversation>]
  let page: ListPage
  private let feed: SiteAddress?
  let context: ViewContext

  /// - Parameter waiting: all of them, newest first.
  init(
    _ waiting: [Index<Conversation>], _ page: ListPage, _ frame: PageFrame, _ context: ViewContext
  ) {
    var description = page.describe(context.title(of: .waiting), context)
    description.feeds = context.feeds(ofList: .waiting)
    feed = description.feeds.first?.address
    self.frame = frame.parts(description)
    self.waiting = waiting
    self.page = page
    self.context = context
  }

  struct Subject: PageSubject {
    let waiting: [Index<Conversation>]
    let page: ListPage

    func view(_ frame: PageFrame, _ context: ViewContext) -> WaitingView {
      WaitingView(waiting, page, frame, context)
    }
  }

  static func plan(_ planner: inout Planner) {
    let conversations = planner.context.community.conversations
    let waiting = planner.listed.filter { conversations[$0].isWaiting }
    planner.addList(of: waiting.count) { Subject(waiting: waiting, page: $0) }
  }

  static let shape = Shape<Self>(
    page: .waiting,
    [
      .flaggedList("conversations", of: ListItemView.self, "this page's conversations") { view in
        view.page.items(of: view.waiting).map { view.context.listItem($0) }
      },
      .text("postsUrl", "the list of all conversations") { $0.context.href(to: .posts) },
      .pager,
      .feed("the feed") { $0.feed },
    ])
}

/// Questions, open ones first.
struct QuestionsView: ListModel {
  static let kind = PageKind.questions

  let frame: PageFrame.Parts
  private let open: [Index<Conversation>]
  private let answered: [Index<Conversation>]
  let page: ListPage
  private let feed: SiteAddress?
  let context: ViewContext

  /// - Parameters:
  ///   - open: all questions without an answer, newest first.
  ///   - answered: all others.
  init(
    open: [Index<Conversation>], answered: [Index<Conversation>], _ page: ListPage,
    _ frame: PageFrame, _ context: ViewContext
  ) {
    var description = page.describe(context.title(of: .questions), context)
    description.feeds = context.feeds(ofList: .questions)
    feed = description.feeds.first?.address
    self.frame = frame.parts(description)
    self.open = open
    self.answered = answered
    self.page = page
    self.context = context
  }

  struct Subject: PageSubject {
    let open: [Index<Conversation>]
    let answered: [Index<Conversation>]
    let page: ListPage

    func view(_ frame: PageFrame, _ context: ViewContext) -> QuestionsView {
      QuestionsView(open: open, answered: answered, page, frame, context)
    }
  }

  static func plan(_ planner: inout Planner) {
    let conversations = planner.context.community.conversations
    let questions = planner.listed.filter { conversations[$0].post.kind == .question }
    let open = questions.filter { !conversations[$0].isSolved }
    let answered = questions.filter { conversations[$0].isSolved }
    planner.addList(of: open.count, answered.count) {
      Subject(open: open, answered: answered, page: $0)
    }
  }

  static let shape = Shape<Self>(
    page: .questions,
    [
      .flaggedList("open", of: ListItemView.self, "questions without an answer") { view in
        view.page.items(of: view.open).map { view.context.listItem($0) }
      },
      .flaggedList("answered", of: ListItemView.self, "questions with an answer") { view in
        view.page.items(of: view.answered).map { view.context.listItem($0) }
      },
      .isFirst,
      .pager,
      .feed("the feed") { $0.feed },
    ])
}

/// Practices, with their sources.
struct PracticesView: ListModel {
  static let kind = PageKind.practices

  let frame: PageFrame.Parts
  private let practices: [Index<Conversation>]
  let page: ListPage
  private let feed: SiteAddress?
  let context: ViewContext

  /// - Parameter practices: all of them, newest first.
  init(
    _ practices: [Index<Conversation>], _ page: ListPage, _ frame: PageFrame, _ context: ViewContext
  ) {
    var description = page.describe(context.title(of: .practices), context)
    description.feeds = context.feeds(ofList: .practices)
    feed = description.feeds.first?.address
    self.frame = frame.parts(description)
    self.practices = practices
    self.page = page
    self.context = context
  }

  struct Subject: PageSubject {
    let practices: [Index<Conversation>]
    let page: ListPage

    func view(_ frame: PageFrame, _ context: ViewContext) -> PracticesView {
      PracticesView(practices, page, frame, context)
    }
  }

  static func plan(_ planner: inout Planner) {
    let conversations = planner.context.community.conversations
    let practices = planner.listed.filter { conversations[$0].post.kind == .practice }
    planner.addList(of: practices.count) { Subject(practices: practices, page: $0) }
  }

  static let shape = Shape<Self>(
    page: .practices,
    [
      .list("practices", of: ListItemView.self, "this page's practices") { view in
        view.page.items(of: view.practices).map { view.context.listItem($0) }
      },
      .pager,
      .feed("the feed") { $0.feed },
    ])
}
