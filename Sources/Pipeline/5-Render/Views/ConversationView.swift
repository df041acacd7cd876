internal import StoaAddresses
internal import StoaLink
internal import StoaModel
internal import StoaTemplates

/// The page of a post with its conversation.
internal enum ConversationView {
  internal static let shape = Shape(
    "conversation",
    PageFrame.fields + [
      .init("url", .text, "the page's address"),
      .init("title", .text, "the post's title"),
      .init("type", .text, "its schema.org type"),
      .init("headlineProperty", .text, "the microdata property of the title"),
      .init("bodyProperty", .text, "the microdata property of the text"),
      .init("kind", .text, "the word for what it is: post, question or practice"),
      .init("isListed", .flag, "whether lists and search show it"),
      .init("isAnswered", .flag, "whether it is a question with an answer"),
      .init("authors", .records { SharedShapes.person }, "its authors"),
      .init("writtenBy", .text, "the authors' names in a phrase"),
      .init("date", .record { SharedShapes.date }, "when it was published"),
      .init("updated", .record { revision }, "when it was revised, if it was"),
      .init("readingTime", .text, "how long it takes to read"),
      .init("badges", .list(of: .text), "draft, scheduled, audience"),
      .init("topics", .records { SharedShapes.link }, "its topics"),
      .init("hasTopics", .flag, "whether it has any"),
      .init("body", .html, "its text"),
      .init("source", .record { SharedShapes.link }, "where the thought came from"),
      .init("answer", .record { answer }, "the response that answers the question"),
      .init("learnedFrom", .records { SharedShapes.link }, "what a practice was learned from"),
      .init("hasLearnedFrom", .flag, "whether there is any"),
      .init("became", .records { SharedShapes.link }, "practices that were learned from this"),
      .init("hasBecame", .flag, "whether there are any"),
      .init("paths", .records { path }, "its places in topics' reading orders"),
      .init("editUrl", .text, "where to improve it on the forge, or empty"),
      .init("historyUrl", .text, "its history on the forge, or empty"),
      .init("history", .record { HistoryView.shape }, "what git tells of the post, if it does"),
      .init("count", .text, "how many responses, in words"),
      .init("responsesTitle", .text, "the same with the title, for the heading"),
      .init("commentCount", .text, "how many responses are comments to machines"),
      .init("answerCount", .text, "how many are answers to machines; empty unless it is answered"),
      .init("responses", .records { ResponseView.shape }, "the thread"),
      .init("hasResponses", .flag, "whether there is a thread"),
      .init("isFlat", .flag, "always false: the first level is indented"),
      .init("mentions", .records { MentionView.shape }, "pingbacks and the like"),
      .init("hasMentions", .flag, "whether there are any"),
      .init("mentionCount", .text, "how many, in words"),
      .init("acceptsResponses", .flag, "whether the conversation is open"),
      .init("reply", .record { ReplyView.shape }, "the ways to answer"),
      .init("contents", .records { heading }, "the headings of the text"),
      .init("hasContents", .flag, "whether there are enough to be worth a list"),
      .init("backlinks", .records { SharedShapes.backlink }, "what links here"),
      .init("hasBacklinks", .flag, "whether anything does"),
      .init("participants", .records { SharedShapes.person }, "everyone who speaks here"),
      .init("related", .records { SharedShapes.link }, "conversations close to this one"),
      .init("hasRelated", .flag, "whether there are any"),
      .init("threadFeed", .text, "the feed of the responses, or empty"),
      .init("previous", .record { SharedShapes.link }, "the next older conversation"),
      .init("next", .record { SharedShapes.link }, "the next newer conversation"),
      .init("x", SharedShapes.extras, "the post's own keys"),
    ])

  internal static let revision = Shape(
    "revision",
    [.init("machine", .text, "for `datetime`"), .init("text", .text, "“Revised” with the date")])

  internal static let answer = Shape(
    "answer",
    [
      .init("url", .text, "its address"), .init("name", .text, "who gave it"),
      .init("isNested", .flag, "whether it replies to another response"),
    ])

  internal static let path = Shape(
    "path",
    [
      .init("label", .text, "the topic's title"),
      .init("url", .text, "the topic's address"),
      .init("previous", .record { SharedShapes.link }, "what comes before"),
      .init("next", .record { SharedShapes.link }, "what comes after"),
    ])

  internal static let heading = Shape(
    "heading",
    [
      .init("id", .text, "its anchor"),
      .init("title", .text, "its words"),
      .init("level", .text, "2 to 6"),
    ])

  internal static func description(_ index: Int, _ context: ViewContext) -> PageFrame.Description {
    let conversation = context.community.conversations[index]
    var page = PageFrame.Description(
      conversation.address, conversation.title, summary: conversation.summary)
    page.language = conversation.post.language
    page.openGraphType = "article"
    page.isUnlisted = conversation.post.isUnlisted
    if case .image(let address, _, _) = conversation.image {
      page.image = context.site.absolute(address)
    }
    page.feeds = context.feeds(
      .conversation, beside: conversation.address, of: conversation.title,
      hasResponses: conversation.responseCount > 0)
    return page
  }

  private static func kindKey(of post: Post) -> String {
    switch post.kind {
    case .article: "post"
    case .question: "question"
    case .practice: "practice"
    }
  }

  internal static func view(_ index: Int, _ frame: PageFrame, _ context: ViewContext) -> Record {
    let conversation = context.community.conversations[index]
    let post = conversation.post
    let words = context.words
    let forge = context.forge
    let isQuestion = post.kind == .question
    let isAnswered = conversation.answer != nil
    // To schema.org, what answers an answered question itself is an Answer, and what answers those is a Comment.
    let answers =
      isAnswered
      ? conversation.responses.count { ($0.depth == 0 || $0.isAnswer) && $0.isCounted } : 0
    let link = { (index: Int?) in index.map { context.link(toConversation: $0) } ?? Value.nothing }
    let headings = conversation.body.document.headings.filter { $0.level <= 3 }
    let source = post.source.map { citation in
      context.link(to: citation.url, citation.title.isEmpty ? words.text("source") : citation.title)
    }
    let page = description(index, context)
    return Record(
      shape, frame.values(page),
      [
        "url": .text(context.href(conversation.address)), "title": .text(conversation.title),
        "type": .text(
          isAnswered ? "Question" : isQuestion ? "DiscussionForumPosting" : "BlogPosting"),
        "headlineProperty": .text(isAnswered ? "name" : "headline"),
        "bodyProperty": .text(isQuestion ? "text" : "articleBody"),
        "kind": .text(words.text(kindKey(of: post))),
        "isListed": .flag(context.community.isListed(index)),
        "isAnswered": .flag(isAnswered),
        "authors": .list(conversation.authors.map { context.person(.contributor($0)) }),
        "writtenBy": .text(
          words.phrase("written-by", ["names": context.names(conversation.authors)])),
        "date": context.date(conversation.date), "updated": revised(post, context),
        "readingTime": .text(words.count("reading-time", conversation.readingMinutes)),
        "badges": context.badges(conversation.audience, conversation.mark),
        "topics": .list(conversation.topics.map { context.link(toTopic: $0) }),
        "hasTopics": .flag(!conversation.topics.isEmpty),
        "body": context.markup(conversation.body, beginsPage: true), "source": source ?? .nothing,
        "answer": answer(conversation, context),
        "learnedFrom": .list(conversation.learnedFrom.map { context.link(to: $0) }),
        "hasLearnedFrom": .flag(!conversation.learnedFrom.isEmpty),
        "became": .list(conversation.became.map { context.link(to: $0) }),
        "hasBecame": .flag(!conversation.became.isEmpty),
        "paths": .list(conversation.paths.map { path($0, context) }),
        "editUrl": .text(forge?.edit(post.file) ?? ""),
        "historyUrl": .text(forge?.history(post.file) ?? ""),
        "history": HistoryView.view(conversation.revisions, context),
        "count": .text(words.count("response-count", conversation.responseCount)),
        "responsesTitle": .text(
          words.count("response-heading", conversation.responseCount, ["title": conversation.title])
        ),
        "commentCount": .text(String(conversation.responseCount - answers)),
        "answerCount": .text(isAnswered ? String(answers) : ""),
        "responses": .list(ResponseView.thread(conversation, context)),
        "hasResponses": .flag(!conversation.responses.isEmpty), "isFlat": .flag(false),
        "mentions": .list(conversation.mentions.map { MentionView.view($0, context) }),
        "hasMentions": .flag(!conversation.mentions.isEmpty),
        "mentionCount": .text(words.count("mention-count", conversation.mentions.count)),
        "acceptsResponses": .flag(post.acceptsResponses),
        "reply": ReplyView.view(conversation, context),
        "contents": .list(
          headings.map { heading in
            .record(
              Record(
                Self.heading,
                [
                  "id": .text(heading.id), "title": .text(heading.text),
                  "level": .text(String(heading.level)),
                ]))
          }), "hasContents": .flag(headings.count > 1),
        "backlinks": context.backlinks(conversation.backlinks),
        "hasBacklinks": .flag(!conversation.backlinks.isEmpty),
        "participants": .list(conversation.participants.map { context.person($0) }),
        "related": .list(conversation.related.map { context.link(toConversation: $0) }),
        "hasRelated": .flag(!conversation.related.isEmpty),
        "threadFeed": .text(
          page.feeds.first.map { context.href($0.address) } ?? ""),
        "previous": link(conversation.previous), "next": link(conversation.next),
        "x": context.extras(post.extras),
      ])
  }

  private static func revised(_ post: Post, _ context: ViewContext) -> Value {
    guard let updated = post.updated else { return .nothing }
    let text = context.words.phrase("revised", ["date": context.words.date(updated)])
    return .record(
      Record(revision, ["machine": .text(updated.machineReadable), "text": .text(text)]))
  }

  private static func answer(_ conversation: Conversation, _ context: ViewContext) -> Value {
    guard let response = conversation.answer.map({ conversation.responses[$0] }) else {
      return .nothing
    }
    return .record(
      Record(
        answer,
        [
          "url": .text("#\(response.fragment)"),
          "name": .text(response.speaker.map { context.name(of: $0) } ?? ""),
          "isNested": .flag(response.depth > 0),
        ]))
  }

  private static func path(_ place: PathPlace, _ context: ViewContext) -> Value {
    let topic = context.community.topics[place.topic]
    return .record(
      Record(
        path,
        [
          "label": .text(topic.title), "url": .text(context.href(topic.address)),
          "previous": place.previous.map { context.link(toConversation: $0) } ?? .nothing,
          "next": place.next.map { context.link(toConversation: $0) } ?? .nothing,
        ]))
  }
}
