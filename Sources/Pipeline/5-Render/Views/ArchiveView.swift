import StoaAddresses
import StoaLink
import StoaModel
import StoaTemplates

/// The archive: complete, or of a year or a month.
struct ArchiveView: ListModel {
  static let kind = PageKind.archive

  let frame: PageFrame.Parts
  private let years: [Int]
  private let months: [MonthView]
  private let counts: [MonthCount]
  let page: ListPage
  let context: ViewContext

  init(
    _ section: Section, years: [Int], _ page: ListPage, _ frame: PageFrame, _ context: ViewContext
  ) {
    self.frame = frame.parts(page.describe(section.title, context))
    self.years = years
    counts = page.isFirst ? section.counts : []
    self.page = page
    self.context = context
    var months: [MonthView] = []
    for index in page.items(of: section.conversations) {
      let day = context.community.conversations[index].date.day
      if let last = months.last, last.year == day.year, last.month == day.month {
        months[months.count - 1].conversations.append(index)
      } else {
        months.append(
          MonthView(
            year: day.year, month: day.month, conversations: [index], context: context))
      }
    }
    self.months = months
  }

  struct Subject: PageSubject {
    let section: Section
    let years: [Int]
    let page: ListPage

    func view(_ frame: PageFrame, _ context: ViewContext) -> ArchiveView {
      ArchiveView(section, years: years, page, frame, context)
    }
  }

  static func plan(_ planner: inout Planner) {
    guard let address = kind.row.address else { return }
    var years: [Int] = []
    for index in planner.listed {
      let year = planner.context.community.conversations[index].date.day.year
      if years.last != year { years.append(year) }
    }
    for section in sections(of: planner.listed, at: address, planner.context) {
      planner.addList(of: section.conversations.count, at: section.address) {
        Subject(section: section, years: years, page: $0)
      }
    }
  }

  static let shape = Shape<Self>(
    page: .archive,
    [
      .list("years", of: LinkView.self, "every year, newest first") { view in
        view.years.map { view.context.link(.archive(year: $0), String($0)) }
      },
      .list("months", of: MonthView.self, "this page's months, newest first") {
        $0.months.map { Part($0) }
      },
      .record(
        "bars", of: BarsView.self,
        "the number of conversations and responses in each month, on the first page"
      ) {
        view in
        BarsView(view.counts, view.context).map { Part($0) }
      },
      .text("digestsUrl", "the list of what happened month by month") {
        $0.context.href(to: .digests)
      },
      .pager,
    ])

  struct MonthView: Shaped {
    fileprivate let year: Int
    fileprivate let month: Int
    fileprivate var conversations: [Index<Conversation>]
    fileprivate let context: ViewContext

    static let shape = Shape<Self>(
      "month",
      [
        .text("url", "the month's own page") {
          $0.context.href(.archive(year: $0.year, month: $0.month))
        },
        .text("title", "month and year") { $0.context.strings.month($0.month, of: $0.year) },
        .list("items", of: ListItemView.self, "its conversations") { view in
          view.conversations.map { view.context.listItem($0) }
        },
      ])
  }

  /// The contents of one page of the archive.
  struct Section: Hashable {
    let address: SiteAddress
    let title: String
    /// Newest first.
    let conversations: [Index<Conversation>]
    /// None for a month.
    let counts: [MonthCount]
  }

  /// The complete archive, then each year and each month of it, newest first.
  static func sections(
    of listed: [Index<Conversation>], at address: SiteAddress, _ context: ViewContext
  )
    -> [Section]
  {
    let day = { (index: Index<Conversation>) in context.community.conversations[index].date.day }
    var sections = [
      Section(
        address: address, title: context.title(of: .archive), conversations: listed,
        counts: MonthCount.all(of: listed, in: context.community))
    ]
    let years = Dictionary(grouping: listed) { day($0).year }
    for (year, conversations) in years.sorted(by: { $0.key > $1.key }) {
      sections.append(
        Section(
          address: .archive(year: year), title: String(year), conversations: conversations,
          counts: MonthCount.all(of: conversations, in: context.community)))
      let months = Dictionary(grouping: conversations) { day($0).month }
      for (month, conversations) in months.sorted(by: { $0.key > $1.key }) {
        sections.append(
          Section(
            address: .archive(year: year, month: month),
            title: context.strings.month(month, of: year), conversations: conversations,
            counts: []))
      }
    }
    return sections
  }
}
