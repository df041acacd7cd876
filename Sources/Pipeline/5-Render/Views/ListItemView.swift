import StoaLink
import StoaModel
import StoaTemplates

/// A conversation in a list.
struct ListItemView: Shaped {
  private let index: Index<Conversation>
  private let conversation: Conversation
  private let context: ViewContext
  private let language: String

  init(_ index: Index<Conversation>, _ context: ViewContext) {
    self.index = index
    self.context = context
    conversation = context.community.conversations[index]
    language = conversation.post.language ?? context.settings.language
  }

  private static var facesShown: Int { 4 }

  static let shape = Shape<Self>(
    "list item",
    [
      .text("url", "the conversation's address") { $0.context.hrefs[$0.index.position] },
      .text("title", "its title") { $0.conversation.title },
      .text("summary", "its summary, or empty") { $0.conversation.summary.excerpt(170) },
      .text("language", "the language of both, or empty when it is the site's") {
        $0.language == $0.context.settings.language ? "" : $0.language
      },
      .text("direction", "`ltr` or `rtl`, for both") { $0.context.direction(of: $0.language) },
      .text("authors", "the authors' names in one phrase") {
        $0.context.names($0.conversation.authors)
      },
      .list("people", of: PersonView.self, "the first faces of the conversation") { view in
        view.conversation.participants.prefix(facesShown).map { view.context.person($0) }
      },
      .record("date", of: DateView.self, "when it was published") {
        $0.context.date($0.conversation.date)
      },
      .text("kind", "“Question”, “Practice”, or empty for an article") { $0.kind },
      .texts("badges", "draft, scheduled, audience") {
        $0.context.badges($0.conversation.audience, $0.conversation.status)
      },
      .flaggedList("topics", of: LinkView.self, "its topics") { view in
        view.conversation.topics.map { view.context.link(toTopic: $0) }
      },
      .record("successor", of: LinkView.self, "the post that replaces it") { view in
        view.conversation.successor.map { view.context.link(toConversation: $0) }
      },
      .text("count", "how many responses, in words") { $0.context.count(of: $0.conversation) },
      .flag("isWaiting", "whether it waits for a first answer from somebody else") {
        $0.conversation.isWaiting
      },
      .record("lastWord", of: LastWordView.self, "the newest response, if there is one") { view in
        view.conversation.lastWord.map { Part(LastWordView(view.index, $0, view.context)) }
      },
      .record("cover", of: CoverView.self, "its image, if it has one") {
        $0.context.cover(of: $0.conversation)
      },
      .text(
        "newest",
        "when the newest nine responses were written, for a script that marks what is new: seconds since 1970 in base 36"
      ) { $0.newest },
      .flaggedList("learnedFrom", of: LinkView.self, "the sources of a practice") { view in
        view.conversation.learnedFrom.map { view.context.link(to: $0) }
      },
    ])

  private static let newestShown = 9

  private var newest: String {
    conversation.responses.filter(\.isCounted).map(\.date).sorted(by: >)
      .prefix(Self.newestShown).map { String(Self.latest(of: $0), radix: 36) }
      .joined(separator: " ")
  }

  /// A day without a time may be any time of it.
  private static func latest(of date: Timestamp) -> Int64 {
    date.isDay ? Int64(date.day.daysSinceEpoch + 1) * 86_400 - 1 : date.seconds
  }

  private var kind: String {
    switch conversation.post.kind {
    case .article: ""
    case .question:
      context.strings.text(conversation.isSolved ? "answered" : "open-question")
    case .practice: context.strings.text("practice")
    }
  }
}

/// The newest response of a conversation, as lists show it below that.
struct LastWordView: Shaped {
  private let conversation: Index<Conversation>
  private let index: Index<ThreadedResponse>
  private let response: ThreadedResponse
  private let context: ViewContext

  init(
    _ conversation: Index<Conversation>, _ index: Index<ThreadedResponse>, _ context: ViewContext
  ) {
    self.conversation = conversation
    self.index = index
    self.context = context
    response = context.community.conversations[conversation].responses[index]
  }

  static let shape = Shape<Self>(
    "last word",
    [
      .text("url", "the response's address") {
        $0.context.href(of: Reference(conversation: $0.conversation, response: $0.index))
      },
      .text("name", "who wrote it") { $0.context.name(of: $0.response) },
      .text("words", "its first words") { $0.response.body.summary.excerpt(110) },
      .text("language", "the language of its text, or empty when it is the site's") { view in
        view.context.otherLanguage(
          of: view.response, in: view.context.community.conversations[view.conversation])
      },
      .record("person", of: PersonView.self, "the face") { view in
        view.response.speaker.map { view.context.person($0) }
      },
      .record("date", of: DateView.self, "when") { $0.context.date($0.response.date) },
    ])
}
