internal import StoaAddresses
internal import StoaLink
internal import StoaModel
internal import StoaTemplates

/// The list of all conversations.
internal enum PostsView {
  internal static let shape = Shape(
    "posts",
    PageFrame.fields + [
      .init("count", .text, "how many conversations there are, in words"),
      .init("conversations", .records { SharedShapes.listItem }, "this page's conversations"),
      .init("pager", .record { SharedShapes.pager }, "the pages before and after"),
    ])

  internal static func view(
    _ listed: [Int], _ page: ListPage, _ frame: PageFrame, _ context: ViewContext
  ) -> Record {
    Record(
      shape, frame.values(page.describe(context.title(of: .posts), context)),
      [
        "count": .text(context.words.count("conversation-count", listed.count)),
        "conversations": .list(page.items(of: listed).map { context.listItem($0) }),
        "pager": page.pager(context),
      ])
  }
}

/// Questions, open ones first.
internal enum QuestionsView {
  internal static let shape = Shape(
    "questions",
    PageFrame.fields + [
      .init("open", .records { SharedShapes.listItem }, "questions without an answer"),
      .init("hasOpen", .flag, "whether there are any"),
      .init("answered", .records { SharedShapes.listItem }, "questions with an answer"),
      .init("hasAnswered", .flag, "whether there are any"),
      .init("isFirst", .flag, "whether this is the first page"),
      .init("pager", .record { SharedShapes.pager }, "the pages before and after"),
    ])

  /// - Parameters:
  ///   - open: all questions without an answer, newest first.
  ///   - answered: all others.
  internal static func view(
    open: [Int], answered: [Int], _ page: ListPage, _ frame: PageFrame, _ context: ViewContext
  ) -> Record {
    let (open, answered) = (page.items(of: open), page.items(of: answered))
    return Record(
      shape, frame.values(page.describe(context.title(of: .questions), context)),
      [
        "open": .list(open.map { context.listItem($0) }), "hasOpen": .flag(!open.isEmpty),
        "answered": .list(answered.map { context.listItem($0) }),
        "hasAnswered": .flag(!answered.isEmpty), "isFirst": .flag(page.isFirst),
        "pager": page.pager(context),
      ])
  }
}

/// Practices, with what each was learned from.
internal enum PracticesView {
  internal static let shape = Shape(
    "practices",
    PageFrame.fields + [
      .init("practices", .records { SharedShapes.listItem }, "this page's practices"),
      .init("pager", .record { SharedShapes.pager }, "the pages before and after"),
    ])

  /// - Parameter practices: all of them, newest first.
  internal static func view(
    _ practices: [Int], _ page: ListPage, _ frame: PageFrame, _ context: ViewContext
  ) -> Record {
    Record(
      shape, frame.values(page.describe(context.title(of: .practices), context)),
      [
        "practices": .list(page.items(of: practices).map { context.listItem($0) }),
        "pager": page.pager(context),
      ])
  }
}
