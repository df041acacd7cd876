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
      .text("summary", "its summary, or empty") { $0.conversation.summary.excerpt(240) },
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
      .text("count", "how many responses, in words") { $0.context.count(of: $0.conversation) },
      .flaggedList("learnedFrom", of: LinkView.self, "the sources of a practice") { view in
        view.conversation.learnedFrom.map { view.context.link(to: $0) }
      },
    ])

  private var kind: String {
    switch conversation.post.kind {
    case .article: ""
    case .question:
      context.strings.text(conversation.answer == nil ? "open-question" : "answered")
    case .practice: context.strings.text("practice")
    }
  }
}
