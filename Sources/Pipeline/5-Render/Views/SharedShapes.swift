internal import StoaModel
internal import StoaTemplates

extension Shape.Kind {
  /// A list of records of one shape.
  internal static func records(_ shape: @escaping @Sendable () -> Shape) -> Shape.Kind {
    .list(of: .record(shape))
  }
}

/// Shapes that several kinds of pages have parts of.
internal enum SharedShapes {
  internal static let date = Shape(
    "date",
    [
      .init("machine", .text, "for `datetime`: 2026-03-04, or an instant with its offset"),
      .init("text", .text, "as the language writes it"),
    ])

  internal static let link = Shape(
    "link",
    [
      .init("url", .text, "where it leads"),
      .init("title", .text, "its words"),
      .init("note", .text, "a few more words, or empty"),
    ])

  internal static let person = Shape(
    "person",
    [
      .init("name", .text, "the name as it is shown"),
      .init("url", .text, "the contributor's page, a guest's own address, or empty"),
      .init("hue", .text, "the class of one of 24 hues"),
      .init("initials", .text, "one or two letters"),
      .init("image", .text, "the address of a picture, or empty"),
      .init("isGuest", .flag, "whether it is a guest rather than a contributor"),
      .init("isListed", .flag, "whether lists and the search may name them: never a guest"),
    ])

  internal static let writer = Shape(
    "writer",
    [
      .init("name", .text, "the name as it is shown"),
      .init("url", .text, "the contributor's page"),
      .init("hue", .text, "the class of one of 24 hues"),
      .init("initials", .text, "one or two letters"),
      .init("image", .text, "the address of a picture, or empty"),
      .init("isGuest", .flag, "always false"),
      .init("note", .text, "a few more words, or empty"),
      .init("evidence", .text, "what the line rests on: a post, a response or an exchange"),
      .init("evidenceUrl", .text, "where that is"),
    ])

  internal static let listItem = Shape(
    "list item",
    [
      .init("url", .text, "the conversation's address"),
      .init("title", .text, "its title"),
      .init("summary", .text, "its summary, or empty"),
      .init("language", .text, "the language of both, or empty when it is the site's"),
      .init("direction", .text, "`ltr` or `rtl`, for both"),
      .init("authors", .text, "the authors' names in one phrase"),
      .init("people", .records { person }, "the first faces of the conversation"),
      .init("date", .record { date }, "when it was published"),
      .init("kind", .text, "“Question”, “Practice”, or empty for an article"),
      .init("badges", .list(of: .text), "draft, scheduled, audience"),
      .init("topics", .records { link }, "its topics"),
      .init("hasTopics", .flag, "whether it has any"),
      .init("count", .text, "how many responses, in words"),
      .init("learnedFrom", .records { link }, "what a practice was learned from"),
      .init("hasLearnedFrom", .flag, "whether there is any"),
    ])

  internal static let backlink = Shape(
    "backlink",
    [
      .init("url", .text, "the place that links here"),
      .init("title", .text, "its title, with the name of whoever wrote it"),
      .init("sentence", .text, "the sentence that holds the link"),
      .init("kind", .text, "article, question, practice, response or page"),
      .init("label", .text, "the same in words"),
    ])

  internal static let excerpt = Shape(
    "excerpt",
    [
      .init("url", .text, "the response's address"),
      .init("title", .text, "who wrote it on what"),
      .init("summary", .text, "its beginning"),
      .init("person", .record { person }, "who wrote it"),
      .init("date", .record { date }, "when"),
    ])

  internal static let pager = Shape(
    "pager",
    [
      .init("previous", .text, "the address of the page before, or empty"),
      .init("next", .text, "the address of the page after, or empty"),
      .init("label", .text, "the number of this page in words"),
    ])

  internal static let extras: Shape.Kind = .any
}
