import StoaAddresses
import StoaLink
import StoaModel

// The parts of a conversation's page besides the texts: its place in a path, its headings, and its translations.
extension ConversationView {
  struct TranslationView: Shaped {
    let index: Index<Conversation>
    let context: ViewContext

    static let shape = Shape<Self>(
      "translation",
      [
        .text("url", "its address") { $0.context.hrefs[$0.index.position] },
        .text("language", "its language, such as `de`") { $0.context.language(of: $0.index) },
        .text("label", "the language's own name for itself") {
          LanguageName.of($0.context.language(of: $0.index))
        },
        .text("title", "its title") { $0.context.community.conversations[$0.index].title },
      ])
  }

  struct PathView: Shaped {
    let place: PathPlace
    let context: ViewContext

    static let shape = Shape<Self>(
      "path",
      [
        .text("label", "the topic's title") { $0.context.community.topics[$0.place.topic].title },
        .text("url", "the topic's address") {
          $0.context.href($0.context.community.topics[$0.place.topic].address)
        },
        .record("previous", of: LinkView.self, "what comes before") { view in
          view.place.previous.map { view.context.link(toConversation: $0) }
        },
        .record("next", of: LinkView.self, "what comes after") { view in
          view.place.next.map { view.context.link(toConversation: $0) }
        },
      ])
  }

  struct HeadingView: Shaped {
    let heading: Heading

    static let shape = Shape<Self>(
      "heading",
      [
        .text("id", "its anchor") { $0.heading.id },
        .text("title", "its words") { $0.heading.text },
        .text("level", "2 to 6") { String($0.heading.level) },
      ])
  }

  /// A response as the outline of a conversation shows it.
  struct OutlineView: Shaped {
    let response: ThreadedResponse
    let context: ViewContext

    static let shape = Shape<Self>(
      "outline",
      [
        .text("url", "its address") { "#\($0.response.fragment)" },
        .text("name", "who wrote it") { $0.context.name(of: $0.response) },
        .text("words", "its first words") { $0.response.body.summary.excerpt(60) },
        .text("replyCount", "how many replies, in words, or empty") {
          $0.response.descendants == 0
            ? "" : $0.context.strings.count("reply-count", $0.response.descendants)
        },
        .record("date", of: DateView.self, "when") { $0.context.date($0.response.date) },
      ])
  }
}
