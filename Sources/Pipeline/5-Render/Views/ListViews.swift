internal import StoaAddresses
internal import StoaLink
internal import StoaModel
internal import StoaTemplates

/// A page of a list.
internal struct ListPage<Item: Sendable>: Sendable {
  internal let items: [Item]
  /// From 1.
  internal let number: Int
  internal let count: Int
  private let base: SiteAddress

  /// Cuts a list into pages; an empty list has one empty page.
  internal static func pages(of items: [Item], size: Int, at base: SiteAddress) -> [ListPage] {
    let count = max(1, (items.count + size - 1) / size)
    return (1...count).map { number in
      let start = (number - 1) * size
      return ListPage(
        items: Array(items[start..<min(items.count, start + size)]), number: number, count: count,
        base: base)
    }
  }

  internal var address: SiteAddress { address(of: number) }

  internal var previous: SiteAddress? { number > 1 ? address(of: number - 1) : nil }

  internal var next: SiteAddress? { number < count ? address(of: number + 1) : nil }

  private func address(of number: Int) -> SiteAddress {
    number == 1 ? base : SiteAddress("\(base.path)page/\(number)/")
  }

  internal func pager(_ context: ViewContext) -> Value {
    guard count > 1 else { return .nothing }
    return .record(
      Record(
        SharedShapes.pager,
        [
          "previous": .text(previous.map { context.href($0) } ?? ""),
          "next": .text(next.map { context.href($0) } ?? ""),
          "label": .text(context.words.phrase("page-number", ["number": String(number)])),
        ]))
  }

  internal func describe(_ title: String, summary: String = "", _ context: ViewContext)
    -> PageFrame.Description
  {
    let full =
      number == 1
      ? title : "\(title) · \(context.words.phrase("page-number", ["number": String(number)]))"
    var page = PageFrame.Description(address, full, summary: summary)
    page.previous = previous
    page.next = next
    return page
  }
}

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
    _ page: ListPage<Int>, total: Int, _ frame: PageFrame, _ context: ViewContext
  ) -> Record {
    Record(
      shape, frame.values(page.describe(context.words.text("conversations"), context)),
      [
        "count": .text(context.words.count("conversation-count", total)),
        "conversations": .list(page.items.map { context.listItem($0) }),
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
    ])

  internal static func view(_ frame: PageFrame, _ context: ViewContext) -> Record {
    let community = context.community
    let questions = community.conversations.indices.filter {
      community.isListed($0) && community.conversations[$0].post.kind == .question
    }
    let open = questions.filter { community.conversations[$0].answer == nil }
    let answered = questions.filter { community.conversations[$0].answer != nil }
    let page = PageFrame.Description(SiteAddress("/questions/"), context.words.text("questions"))
    return Record(
      shape, frame.values(page),
      [
        "open": .list(open.map { context.listItem($0) }), "hasOpen": .flag(!open.isEmpty),
        "answered": .list(answered.map { context.listItem($0) }),
        "hasAnswered": .flag(!answered.isEmpty),
      ])
  }
}

/// Practices, with what each was learned from.
internal enum PracticesView {
  internal static let shape = Shape(
    "practices",
    PageFrame.fields + [.init("practices", .records { SharedShapes.listItem }, "all practices")])

  internal static func view(_ frame: PageFrame, _ context: ViewContext) -> Record {
    let community = context.community
    let practices = community.conversations.indices.filter {
      community.isListed($0) && community.conversations[$0].post.kind == .practice
    }
    let page = PageFrame.Description(SiteAddress("/practices/"), context.words.text("practices"))
    return Record(
      shape, frame.values(page), ["practices": .list(practices.map { context.listItem($0) })])
  }
}

/// The archive, whole, of a year, or of a month.
internal enum ArchiveView {
  internal static let shape = Shape(
    "archive",
    PageFrame.fields + [.init("months", .records { month }, "the months, newest first")])

  internal static let month = Shape(
    "month",
    [
      .init("url", .text, "the month's own page"),
      .init("title", .text, "month and year"),
      .init("items", .records { SharedShapes.listItem }, "its conversations"),
    ])

  /// - Parameter conversations: newest first.
  internal static func view(
    _ address: SiteAddress, _ title: String, _ conversations: [Int], _ frame: PageFrame,
    _ context: ViewContext
  ) -> Record {
    var months: [(year: Int, month: Int, items: [Int])] = []
    for index in conversations {
      let day = context.community.conversations[index].date.day
      if let last = months.last, last.year == day.year, last.month == day.month {
        months[months.count - 1].items.append(index)
      } else {
        months.append((day.year, day.month, [index]))
      }
    }
    return Record(
      shape, frame.values(PageFrame.Description(address, title)),
      [
        "months": .list(
          months.map { entry in
            .record(
              Record(
                month,
                [
                  "url": .text(context.href(Self.address(year: entry.year, month: entry.month))),
                  "title": .text(context.words.month(entry.month, of: entry.year)),
                  "items": .list(entry.items.map { context.listItem($0) }),
                ]))
          })
      ])
  }

  internal static func address(year: Int, month: Int? = nil) -> SiteAddress {
    guard let month else { return SiteAddress("/archive/\(year)/") }
    return SiteAddress("/archive/\(year)/\(month < 10 ? "0" : "")\(month)/")
  }
}
