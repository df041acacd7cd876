import StoaLink
import StoaModel
import StoaTemplates

/// A pingback or similar: another site links to a post.
struct MentionView: Shaped {
  private let mention: ThreadedResponse
  private let context: ViewContext

  init(_ mention: ThreadedResponse, _ context: ViewContext) {
    self.mention = mention
    self.context = context
  }

  static let shape = Shape<Self>(
    "mention",
    [
      .text("fragment", "its anchor") { $0.mention.fragment },
      .texts("anchors", "old anchors that still lead here") { $0.mention.anchors },
      .record("person", of: PersonView.self, "who mentions the post") { view in
        view.mention.speaker.map { view.context.person($0) }
      },
      .record("source", of: LinkView.self, "where") {
        $0.context.link(to: $0.mention.response.source)
      },
      .record("date", of: DateView.self, "when") { $0.context.date($0.mention.date) },
      .text("excerpt", "the beginning of what it says, or empty") {
        $0.mention.body.summary.excerpt(240)
      },
      .open("x", "the mention's own keys") { $0.context.extras($0.mention.response.extras) },
    ])
}

/// The new place of a response that was on the page before.
struct MovedResponseView: Shaped {
  private let moved: MovedResponse
  private let context: ViewContext

  init(_ moved: MovedResponse, _ context: ViewContext) {
    self.moved = moved
    self.context = context
  }

  static let shape = Shape<Self>(
    "moved response",
    [
      .text("fragment", "its former anchor") { $0.moved.fragment },
      .text("url", "its present address") { $0.context.href($0.moved.address) },
      .text("title", "the title of the post that it answers now") { $0.moved.title },
    ])
}
