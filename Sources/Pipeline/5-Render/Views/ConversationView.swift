import StoaAddresses
import StoaLink
import StoaModel
import StoaTemplates

/// The page of a post with its conversation.
struct ConversationView: PageModel {
  static let kind = PageKind.conversation

  let frame: PageFrame.Parts
  private let index: Index<Conversation>
  private let conversation: Conversation
  private let context: ViewContext
  private let feed: SiteAddress?
  private let headings: [Heading]

  init(_ index: Index<Conversation>, _ frame: PageFrame, _ context: ViewContext) {
    let page = Self.description(index, context)
    self.frame = frame.parts(page)
    self.index = index
    self.context = context
    conversation = context.community.conversations[index]
    feed = page.feeds.first?.address
    headings = conversation.body.document.headings.filter { $0.level <= 3 }
  }

  struct Subject: PageSubject {
    let index: Index<Conversation>

    func view(_ frame: PageFrame, _ context: ViewContext) -> ConversationView {
      ConversationView(index, frame, context)
    }
  }

  static func plan(_ planner: inout Planner) {
    let conversations = planner.context.community.conversations
    for index in conversations.places {
      planner.add(Subject(index: index), at: conversations[index].address)
    }
  }

  static let shape = Shape<Self>(
    page: .conversation,
    [
      .text("url", "the page's address") { $0.context.href($0.conversation.address) },
      .text("title", "the post's title") { $0.conversation.title },
      .text("type", "its schema.org type") {
        $0.isAnswered ? "Question" : $0.isQuestion ? "DiscussionForumPosting" : "BlogPosting"
      },
      .text("headlineProperty", "the microdata property of the title") {
        $0.isAnswered ? "name" : "headline"
      },
      .text("bodyProperty", "the microdata property of the body") {
        $0.isQuestion ? "text" : "articleBody"
      },
      .text("kind", "the word for what it is: post, question or practice") {
        $0.context.strings.text(kindKey(of: $0.post))
      },
      .flag("isListed", "whether lists and search show it") {
        $0.context.community.isListed($0.index)
      },
      .flag("isAnswered", "whether it is a question with an answer") { $0.isAnswered },
      .list("authors", of: PersonView.self, "its authors") { view in
        view.conversation.authors.map { view.context.person(.contributor($0)) }
      },
      .text("writtenBy", "the authors' names in a phrase") {
        $0.context.strings.phrase(
          "written-by", ["names": $0.context.names($0.conversation.authors)])
      },
      .record("date", of: DateView.self, "when it was published") {
        $0.context.date($0.conversation.date)
      },
      .record("updated", of: RevisionView.self, "when it was revised, if it was") { view in
        view.post.updated.map {
          Part(RevisionView(moment: $0, phrase: "revised", context: view.context))
        }
      },
      .text("readingTime", "how long it takes to read") {
        $0.context.strings.count("reading-time", $0.conversation.readingMinutes)
      },
      .texts("badges", "draft, scheduled, audience") {
        $0.context.badges($0.conversation.audience, $0.conversation.status)
      },
      .flaggedList("topics", of: LinkView.self, "its topics") { view in
        view.conversation.topics.map { view.context.link(toTopic: $0) }
      },
      .list("firstTopics", of: LinkView.self, "the first eight of them") { view in
        view.conversation.topics.prefix(topicsShown).map { view.context.link(toTopic: $0) }
      },
      .flaggedList("moreTopics", of: LinkView.self, "the others") { view in
        view.conversation.topics.dropFirst(topicsShown).map { view.context.link(toTopic: $0) }
      },
      .record("cover", of: CoverView.self, "its image, if it has one that its text does not show") {
        view in
        view.showsCover ? view.context.cover(of: view.conversation) : nil
      },
      .text("otherLanguage", "the language of its text, or empty when it is the site's") { view in
        view.post.language.flatMap { $0 == view.context.settings.language ? nil : $0 } ?? ""
      },
      .html("body", "its text") {
        $0.context.markup(
          $0.conversation.body, beginsPage: true, passages: $0.conversation.passages)
      },
      .flag("isTombstone", "whether its text was removed") { $0.post.removed != nil },
      .text("reason", "the reason for the removal, or empty") {
        $0.post.removed?.directionBalanced ?? ""
      },
      .record("source", of: LinkView.self, "the source of the thought") {
        $0.context.link(to: $0.post.source)
      },
      .record("answer", of: AnswerView.self, "the response that answers the question") { view in
        view.conversation.answer.map {
          Part(AnswerView(response: view.conversation.responses[$0], context: view.context))
        }
      },
      .flaggedList("learnedFrom", of: LinkView.self, "the sources of a practice") { view in
        view.conversation.learnedFrom.map { view.context.link(to: $0) }
      },
      .flaggedList("became", of: LinkView.self, "practices of which this is a source") { view in
        view.conversation.became.map { view.context.link(to: $0) }
      },
      .record("beganIn", of: LinkView.self, "the post or response in which it began") { view in
        view.conversation.beganIn.map { view.context.link(to: $0) }
      },
      .flaggedList("continuations", of: LinkView.self, "posts that began in this one") { view in
        view.conversation.continuations.filter { $0.response == nil }
          .map { view.context.link(toConversation: $0.post) }
      },
      .flaggedList("translations", of: TranslationView.self, "the same in other languages") {
        view in
        view.conversation.translations.map {
          Part(TranslationView(index: $0, context: view.context))
        }
      },
      .record("successor", of: LinkView.self, "the post that replaces it") { view in
        view.conversation.successor.map { view.context.link(toConversation: $0) }
      },
      .flaggedList("predecessors", of: LinkView.self, "posts that it replaces") { view in
        view.conversation.predecessors.map { view.context.link(toConversation: $0) }
      },
      .text("overdue", "since when its review is overdue, in words, or empty") { view in
        guard view.post.isOverdue, let day = view.post.reviewBy else { return "" }
        return view.context.strings.phrase(
          "review-overdue", ["date": view.context.strings.date(day)])
      },
      .text("reviewed", "the date of its last review, in words, or empty") { view in
        view.post.reviewed.map {
          view.context.strings.phrase("reviewed", ["date": view.context.strings.date($0)])
        } ?? ""
      },
      .list("paths", of: PathView.self, "its places on topics' reading paths") { view in
        view.conversation.paths.map { Part(PathView(place: $0, context: view.context)) }
      },
      .flag("isGuidePage", "whether it is a page of a guide") { $0.guide != nil },
      .record("guide", of: GuideView.self, "the guide that it is a page of") { view in
        view.guide.map { Part(GuideView($0, page: view.index, view.context)) }
      },
      .record("lastChanged", of: RevisionView.self, "when a page of a guide was last changed") {
        view in
        view.lastChanged.map {
          Part(RevisionView(moment: $0, phrase: "last-changed", context: view.context))
        }
      },
      .text("editUrl", "the page to edit it on the forge, or empty") {
        $0.context.forge?.edit($0.post.file) ?? ""
      },
      .text("historyUrl", "its history on the forge, or empty") {
        $0.context.forge?.history($0.post.file) ?? ""
      },
      .record("history", of: HistoryView.self, "the post's history from git, if there is one") {
        HistoryView($0.conversation.revisions, of: $0.conversation.address, $0.context)
          .map { Part($0) }
      },
      .record(
        "shared", of: SharedView.self, "the audience, since when, and who agreed, if somebody did"
      ) {
        SharedView(
          $0.conversation.agreed, $0.conversation.audience, $0.conversation.revisions, $0.context
        ).map { Part($0) }
      },
      .text("count", "how many responses, in words") {
        $0.context.strings.count("response-count", $0.conversation.responseCount)
      },
      .text("responsesTitle", "the same with the title, for the heading") {
        $0.context.strings.count(
          "response-heading", $0.conversation.responseCount, ["title": $0.conversation.title])
      },
      .text("commentCount", "how many responses are of schema.org's type Comment") {
        String($0.conversation.responseCount - $0.answerCount)
      },
      .text("answerCount", "how many are of schema.org's type Answer; empty unless it is answered")
      {
        $0.isAnswered ? String($0.answerCount) : ""
      },
      .flaggedList("responses", of: ResponseView.self, "the thread") {
        ResponseView.thread($0.conversation, $0.context)
      },
      .flag("isLong", "whether there are so many responses that the page shows a way through them")
      {
        $0.conversation.isLong
      },
      .flag("isHuge", "whether there are so many that the browser draws only what is near") {
        $0.conversation.responses.count >= hugeFrom
      },
      .flaggedList(
        "outline", of: OutlineView.self, "of a long conversation, the responses to the post itself"
      ) { view in
        view.conversation.isLong
          ? view.outline(of: { $0.depth == 0 }) : []
      },
      .flaggedList(
        "authorReplies", of: OutlineView.self,
        "of a long conversation, what the post's authors said"
      ) { view in
        view.conversation.isLong ? view.outline(of: { $0.isByPostAuthor && $0.isCounted }) : []
      },
      .text("newestUrl", "the newest response's address, or empty") { view in
        view.conversation.lastWord.map { "#\(view.conversation.responses[$0].fragment)" } ?? ""
      },
      .flag("isFlat", "always false: the first level is indented") { _ in false },
      .list("moved", of: MovedResponseView.self, "responses that moved away from here") { view in
        view.conversation.moved.map { Part(MovedResponseView($0, view.context)) }
      },
      .flaggedList("mentions", of: MentionView.self, "pingbacks and similar responses") { view in
        view.conversation.mentions.map { Part(MentionView($0, view.context)) }
      },
      .text("mentionCount", "the number of them, in words") {
        $0.context.strings.count("mention-count", $0.conversation.mentions.count)
      },
      .flag("acceptsResponses", "whether the conversation is open") { $0.post.acceptsResponses },
      .record("reply", of: ReplyView.self, "the ways to answer") {
        ReplyView($0.conversation, $0.context).map { Part($0) }
      },
      .list("contents", of: HeadingView.self, "the headings of the text") {
        $0.headings.map { Part(HeadingView(heading: $0)) }
      },
      .flag("hasContents", "whether there are enough headings for a list") {
        $0.headings.count > 1
      },
      .flaggedList("backlinks", of: BacklinkView.self, "what links here") {
        $0.context.backlinks($0.conversation.backlinks)
      },
      .list("participants", of: PersonView.self, "everyone who wrote here") { view in
        view.conversation.participants.map { view.context.person($0) }
      },
      .list("firstParticipants", of: PersonView.self, "the first twelve of them") { view in
        view.conversation.participants.prefix(peopleShown).map { view.context.person($0) }
      },
      .flaggedList("moreParticipants", of: PersonView.self, "the others") { view in
        view.conversation.participants.dropFirst(peopleShown).map { view.context.person($0) }
      },
      .flaggedList("related", of: LinkView.self, "conversations close to this one") { view in
        view.conversation.related.map { view.context.link(toConversation: $0) }
      },
      .flaggedList(
        "unknown", of: LinkView.self,
        "conversations about the same subject that nothing connects with this one"
      ) { view in
        view.context.unknown(to: view.index)
      },
      .text("bridgesUrl", "the page with all such pairs") { $0.context.href(to: .bridges) },
      .flaggedList(
        "nearWriters", of: NearWriterView.self,
        "for an open question, the people who wrote about similar subjects"
      ) { view in
        view.conversation.nearWriters.map { view.context.nearWriter($0) }
      },
      .text("threadFeed", "the feed of the responses, or empty") { view in
        view.feed.map { view.context.href($0) } ?? ""
      },
      .record("previous", of: LinkView.self, "the next older conversation") { view in
        view.conversation.previous.map { view.context.link(toConversation: $0) }
      },
      .record("next", of: LinkView.self, "the next newer conversation") { view in
        view.conversation.next.map { view.context.link(toConversation: $0) }
      },
      .open("x", "the post's own keys") { $0.context.extras($0.post.extras) },
    ])

  struct RevisionView: Shaped {
    fileprivate let moment: Timestamp
    fileprivate let phrase: String
    fileprivate let context: ViewContext

    static let shape = Shape<Self>(
      "revision",
      [
        .text("machine", "for `datetime`") { $0.moment.machineReadable },
        .text("text", "“Revised” or “Last changed” with the date") {
          $0.context.strings.phrase($0.phrase, ["date": $0.context.strings.date($0.moment)])
        },
      ])
  }

  struct AnswerView: Shaped {
    fileprivate let response: ThreadedResponse
    fileprivate let context: ViewContext

    static let shape = Shape<Self>(
      "answer",
      [
        .text("url", "its address") { "#\($0.response.fragment)" },
        .text("name", "its author") { view in
          view.response.speaker.map { view.context.name(of: $0) } ?? ""
        },
        .flag("isNested", "whether it replies to another response") { $0.response.depth > 0 },
      ])
  }

  private var showsCover: Bool {
    guard case .image(let cover, _, _) = conversation.image else { return false }
    return !conversation.body.targets.contains { target in
      if case .image(let address, _, _) = target { address == cover } else { false }
    }
  }

  private static let topicsShown = 8
  private static let peopleShown = 12
  /// The number of responses from which on the browser skips the layout of those out of view.
  private static let hugeFrom = 100

  private func outline(of isShown: (ThreadedResponse) -> Bool) -> [Part<OutlineView>] {
    conversation.responses.filter(isShown).map {
      Part(OutlineView(response: $0, context: context))
    }
  }

  private var post: Post { conversation.post }

  /// If there are several guides, the first one shows its path.
  private var guide: Index<TopicEntry>? { conversation.paths.first { $0.isGuide }?.topic }

  /// The date from git, otherwise the author's.
  private var lastChanged: Timestamp? {
    guard guide != nil else { return nil }
    let revisions = conversation.revisions
    return revisions.map { $0.lastChanged ?? $0.created } ?? post.updated
  }

  private var isQuestion: Bool { post.kind == .question }

  private var isAnswered: Bool { conversation.answer != nil }

  /// In schema.org, a direct reply to an answered question is an Answer, and a reply to that is a Comment.
  private var answerCount: Int {
    guard isAnswered else { return 0 }
    return conversation.responses.count { ($0.depth == 0 || $0.isAnswer) && $0.isCounted }
  }

  private static func kindKey(of post: Post) -> String {
    switch post.kind {
    case .article: "post"
    case .question: "question"
    case .practice: "practice"
    }
  }

  static func description(_ index: Index<Conversation>, _ context: ViewContext)
    -> PageFrame.Description
  {
    let conversation = context.community.conversations[index]
    var page = PageFrame.Description(
      conversation.address, conversation.title, summary: conversation.summary)
    page.language = conversation.post.language
    page.openGraphType = "article"
    page.isUnlisted = conversation.post.isUnlisted
    if let guide = conversation.paths.first(where: { $0.isGuide }) {
      page.guide = context.community.topics[guide.topic].title
    }
    if case .image(let address, _, _) = conversation.image {
      page.image = context.site.absolute(address)
    }
    if !conversation.translations.isEmpty {
      page.alternates = ([index] + conversation.translations).map {
        (context.community.conversations[$0].address, context.language(of: $0))
      }
    }
    page.twin = PageKind.conversation.twin(of: conversation.address, context.settings)
    page.feeds = context.feeds(
      .conversation, beside: conversation.address, of: conversation.title,
      hasResponses: conversation.responseCount > 0)
    return page
  }
}
