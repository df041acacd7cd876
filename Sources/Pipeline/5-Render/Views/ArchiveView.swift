internal import StoaAddresses
internal import StoaLink
internal import StoaModel
internal import StoaTemplates

/// The archive, whole, of a year, or of a month.
internal enum ArchiveView {
  internal static let shape = Shape(
    "archive",
    PageFrame.fields + [
      .init("years", .records { SharedShapes.link }, "every year, newest first"),
      .init("months", .records { month }, "this page's months, newest first"),
      .init("pager", .record { SharedShapes.pager }, "the pages before and after"),
    ])

  internal static let month = Shape(
    "month",
    [
      .init("url", .text, "the month's own page"),
      .init("title", .text, "month and year"),
      .init("items", .records { SharedShapes.listItem }, "its conversations"),
    ])

  /// What one address of the archive lists.
  internal struct Section: Sendable {
    internal let address: SiteAddress
    internal let title: String
    /// Newest first.
    internal let conversations: [Int]
  }

  /// The whole archive, then each year and each month of it, newest first.
  internal static func sections(of listed: [Int], at address: SiteAddress, _ context: ViewContext)
    -> [Section]
  {
    let day = { (index: Int) in context.community.conversations[index].date.day }
    var sections = [
      Section(address: address, title: context.title(of: .archive), conversations: listed)
    ]
    let years = Dictionary(grouping: listed) { day($0).year }
    for (year, conversations) in years.sorted(by: { $0.key > $1.key }) {
      sections.append(
        Section(address: .archive(year: year), title: String(year), conversations: conversations))
      let months = Dictionary(grouping: conversations) { day($0).month }
      for (month, conversations) in months.sorted(by: { $0.key > $1.key }) {
        sections.append(
          Section(
            address: .archive(year: year, month: month),
            title: context.words.month(month, of: year), conversations: conversations))
      }
    }
    return sections
  }

  internal static func view(
    _ section: Section, years: [Int], _ page: ListPage, _ frame: PageFrame, _ context: ViewContext
  ) -> Record {
    var months: [(year: Int, month: Int, items: [Int])] = []
    for index in page.items(of: section.conversations) {
      let day = context.community.conversations[index].date.day
      if let last = months.last, last.year == day.year, last.month == day.month {
        months[months.count - 1].items.append(index)
      } else {
        months.append((day.year, day.month, [index]))
      }
    }
    return Record(
      shape, frame.values(page.describe(section.title, context)),
      [
        "years": .list(years.map { context.link(.archive(year: $0), String($0)) }),
        "months": .list(
          months.map { entry in
            .record(
              Record(
                month,
                [
                  "url": .text(context.href(.archive(year: entry.year, month: entry.month))),
                  "title": .text(context.words.month(entry.month, of: entry.year)),
                  "items": .list(entry.items.map { context.listItem($0) }),
                ]))
          }),
        "pager": page.pager(context),
      ])
  }
}
