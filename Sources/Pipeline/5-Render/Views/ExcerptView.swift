import StoaLink
import StoaModel
import StoaTemplates

/// A response in a list.
struct ExcerptView: Shaped {
  private let reference: Reference
  private let response: ThreadedResponse
  private let context: ViewContext

  /// Nil for a post.
  init?(_ reference: Reference, _ context: ViewContext) {
    guard let index = reference.response else { return nil }
    self.reference = reference
    self.context = context
    response = context.community.conversations[reference.conversation].responses[index]
  }

  static let shape = Shape<Self>(
    "excerpt",
    [
      .text("url", "the response's address") { $0.context.href(of: $0.reference) },
      .text("title", "who wrote it on what") { $0.context.title(of: $0.reference) },
      .text("name", "who wrote it") { $0.context.name(of: $0.response) },
      .text("on", "the title of the conversation") { view in
        view.context.community.conversations[view.reference.conversation].title
      },
      .text("language", "the language of its text, or empty when it is the site's") { view in
        view.context.otherLanguage(
          of: view.response, in: view.context.community.conversations[view.reference.conversation])
      },
      .text("summary", "its beginning") { $0.response.body.summary.excerpt(180) },
      .record("person", of: PersonView.self, "who wrote it") { view in
        view.response.speaker.map { view.context.person($0) }
      },
      .record("date", of: DateView.self, "when") { $0.context.date($0.response.date) },
    ])
}
