internal import StoaLink
internal import StoaModel
internal import StoaTemplates

/// A pingback or the like: somebody elsewhere speaks of a post.
internal enum MentionView {
  internal static let shape = Shape(
    "mention",
    [
      .init("fragment", .text, "its anchor"),
      .init("anchors", .list(of: .text), "old anchors that still lead here"),
      .init("person", .record { SharedShapes.person }, "who mentions the post"),
      .init("source", .record { SharedShapes.link }, "where"),
      .init("date", .record { SharedShapes.date }, "when"),
      .init("excerpt", .text, "the beginning of what it says, or empty"),
      .init("x", SharedShapes.extras, "the mention's own keys"),
    ])

  internal static func view(_ mention: ThreadedResponse, _ context: ViewContext) -> Value {
    let source = mention.response.source.map { citation in
      context.link(
        to: citation.url, citation.title.isEmpty ? context.words.text("source") : citation.title)
    }
    return .record(
      Record(
        shape,
        [
          "fragment": .text(mention.fragment),
          "anchors": .list(mention.anchors.map { .text($0) }),
          "person": mention.speaker.map { context.person($0) } ?? .nothing,
          "source": source ?? .nothing, "date": context.date(mention.date),
          "excerpt": .text(mention.body.summary.excerpt(240)),
          "x": context.extras(mention.response.extras),
        ]))
  }
}
