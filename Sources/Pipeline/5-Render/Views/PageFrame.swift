import StoaAddresses
import StoaLink
import StoaModel
import StoaTemplates

/// The model of a page: its own content, the data about the site and the page, and the translations.
protocol PageModel: Shaped {
  static var kind: PageKind { get }

  /// Plans every page of the kind.
  static func plan(_ planner: inout Planner)

  var frame: PageFrame.Parts { get }
}

extension PageModel {
  static var table: FieldTable { shape.table }
}

extension Shape where Model: PageModel {
  /// The shape of a page: the fields of every page, then its own fields.
  init(page kind: PageKind, _ fields: [Field<Model>]) {
    self.init(kind.row.template, PageFrame.fields() + fields)
  }
}

/// The fields that every page has besides its content.
struct PageFrame: Sendable {
  struct Parts: Sendable {
    fileprivate let site: Part<SiteView>
    fileprivate let page: Part<PageHeadView>
    fileprivate let strings: Record
  }

  static func fields<Model: PageModel>() -> [Field<Model>] {
    [
      .record("site", of: SiteView.self, "the site: see site") { $0.frame.site },
      .record("page", of: PageHeadView.self, "the page: see page") { $0.frame.page },
      .open("strings", "the theme's fixed words, by key") { $0.frame.strings },
    ]
  }

  /// The data about a page.
  struct Description: Sendable {
    var address: SiteAddress
    var title: String
    var summary = ""
    var language: String?
    var image: String = ""
    var openGraphType = "website"
    var feeds: [(address: SiteAddress, title: String, type: String)] = []
    /// The page in every language in which it exists, including its own; empty if there is only one.
    var alternates: [(address: SiteAddress, language: String)] = []
    /// Where the page is as markdown.
    var twin: SiteAddress?
    /// The title of its guide, or empty.
    var guide = ""
    var previous: SiteAddress?
    var next: SiteAddress?
    /// Whether lists and search engines leave the page out.
    var isUnlisted = false
    /// Whether the page is shown at arbitrary addresses, so that it has none of its own.
    var isEverywhere = false

    init(_ address: SiteAddress, _ title: String, summary: String = "") {
      self.address = address
      self.title = title
      self.summary = summary
    }

    /// The description of the only page of a kind.
    init(_ kind: PageKind, _ context: ViewContext) {
      self.init(kind.row.address ?? .home, context.title(of: kind))
    }
  }

  private let context: ViewContext
  private let strings: Record
  /// The maximum number of the community's pages in the menu and in the footer, the first by their order: without a limit, the size
  /// of a site would grow with the square of its pages.
  private static let pagesNamed = 32

  /// The data about the site for pages that are not in its menu.
  private let site: Part<SiteView>
  /// The data about the site for pages in its menu, by their address.
  private let sitesInMenu: [String: Part<SiteView>]
  /// The feeds of all posts, in each format.
  private let feeds: [Part<FeedView>]
  /// The diagnostics about pages that do not fit into menu and footer.
  let diagnostics: [Diagnostic]

  init(_ context: ViewContext) {
    self.context = context
    strings = context.strings.record.shared()
    let menu = Self.menu(context)
    let inMenu = Set(menu.map(\.url))
    let others = context.community.pages.filter { !inMenu.contains(context.href($0.address)) }
    let footer = others.prefix(Self.pagesNamed).map { context.link($0.address, $0.title) }
    diagnostics = [
      Self.leftOut(Array(Self.pagesForMenu(context).dropFirst(Self.pagesNamed)), of: "menu"),
      Self.leftOut(Array(others.dropFirst(Self.pagesNamed)), of: "foot of each page"),
    ].compactMap(\.self)
    let site = { (here: String?) in
      Part(SiteView(here: here, menu: menu, footer: footer, context: context)).shared()
    }
    self.site = site(nil)
    sitesInMenu = Dictionary(uniqueKeysWithValues: inMenu.map { ($0, site($0)) })
    feeds = context.feeds(.home, beside: .home, of: context.settings.title, content: .posts)
      .map { Part(FeedView(feed: $0, context: context)) }
  }

  func parts(_ page: Description) -> Parts {
    // The home page links to each format, all others to the one that every program reads.
    let linked = page.address == .home ? feeds[...] : feeds.prefix(1)
    return Parts(
      site: sitesInMenu[context.href(SiteAddress(page.address.path))] ?? site,
      page: Part(PageHeadView(page: page, feeds: Array(linked), context: context)),
      strings: strings)
  }

  private static func menu(_ context: ViewContext) -> [(url: String, title: String)] {
    guard let entries = context.community.menu else { return standardMenu(context) }
    return entries.map { entry in
      switch entry.target {
      case .external(let url): return (url, entry.title)
      case .site(let address):
        return (
          context.href(address), entry.title.isEmpty ? title(of: address, context) : entry.title
        )
      }
    }
  }

  /// The default menu: the existing lists, and the pages with a `menu` key.
  private static func standardMenu(_ context: ViewContext) -> [(url: String, title: String)] {
    let community = context.community
    let kinds = Set(
      community.conversations.places.filter { community.isListed($0) }
        .map { community.conversations[$0].post.kind })
    let generated = PageKind.allCases.filter { kind in
      switch kind.row.menu {
      case .always: true
      case .whereListed(let kind): kinds.contains(kind)
      case nil: false
      }
    }
    return generated.map { (context.href(to: $0), context.title(of: $0)) }
      + pagesForMenu(context).prefix(pagesNamed).map { page in
        let label = page.page.menu ?? ""
        return (context.href(page.address), label.isEmpty ? page.title : label)
      }
  }

  /// The pages with a `menu` key; none if the settings define the menu.
  private static func pagesForMenu(_ context: ViewContext) -> [PageEntry] {
    context.community.menu == nil ? context.community.pages.filter { $0.page.menu != nil } : []
  }

  /// Reports the pages that do not fit into a list; nil when all fit.
  private static func leftOut(_ pages: [PageEntry], of list: String) -> Diagnostic? {
    guard let first = pages.first else { return nil }
    let shown = pages.prefix(20).map { "“\($0.page.slug)”" }.joined(separator: ", ")
    let rest = pages.count > 20 ? " and \(pages.count - 20) more" : ""
    return Diagnostic(
      .pageLeftOut, at: SourceLocation(file: first.page.file),
      "the \(list) has room for \(pagesNamed) pages, and leaves out \(shown)\(rest)",
      suggestion: "link to them from a page in it; their order determines which come first")
  }

  /// The theme's title of the generated page at an address.
  private static func title(of address: SiteAddress, _ context: ViewContext) -> String {
    let kind = PageKind.allCases.first {
      $0.row.address?.path == address.path && $0.row.reach != .none
    }
    if let kind { return context.title(of: kind) }
    let isFeed = PageKind.home.feeds(beside: .home).first?.path == address.path
    return isFeed ? context.strings.text("feed") : address.path
  }
}
