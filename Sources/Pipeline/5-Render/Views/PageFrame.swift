internal import StoaAddresses
internal import StoaLink
internal import StoaModel
internal import StoaTemplates

/// What every page carries around its content: the site, the page itself, and the theme's words.
internal struct PageFrame: Sendable {
  internal static let site = Shape(
    "site",
    [
      .init("title", .text, "the community's title"),
      .init("description", .text, "its description"),
      .init("language", .text, "the language of the theme's words"),
      .init("direction", .text, "`ltr` or `rtl`"),
      .init("home", .text, "the address of the home page"),
      .init("archive", .text, "the address of the archive"),
      .init("feed", .text, "the address of the posts' feed"),
      .init("search", .text, "the address of the search page, or empty"),
      .init("styleSheet", .text, "the address of the style sheet"),
      .init("script", .text, "the address of the script"),
      .init("icon", .text, "the address of the icon, or empty"),
      .init("logo", .text, "the address of the logo, or empty"),
      .init("logoWidth", .text, "its width in pixels, or empty where its header does not say"),
      .init("logoHeight", .text, "its height in pixels, likewise"),
      .init("menu", .records { menuItem }, "the masthead's menu"),
      .init("footer", .records { SharedShapes.link }, "pages that the menu does not show"),
      .init("audienceNote", .text, "for whom the site is, when it is not for everybody"),
      .init("x", SharedShapes.extras, "the settings' own keys"),
    ])

  internal static let menuItem = Shape(
    "menu item",
    [
      .init("url", .text, "where it leads"),
      .init("title", .text, "its words"),
      .init("isCurrent", .flag, "whether it leads to this page"),
    ])

  internal static let page = Shape(
    "page",
    [
      .init("title", .text, "the page's title"),
      .init("fullTitle", .text, "the title with the community's"),
      .init("description", .text, "a summary, or empty"),
      .init("language", .text, "the language of the content"),
      .init("direction", .text, "`ltr` or `rtl`, for the content"),
      .init("canonical", .text, "the page's whole address, or empty"),
      .init("image", .text, "the whole address of its image, or empty"),
      .init("openGraphType", .text, "`article`, `profile` or `website`"),
      .init("isHidden", .flag, "whether search engines are asked to leave it out"),
      .init("feeds", .records { feed }, "the feeds that belong to it"),
      .init("previous", .text, "the address before it in a list, or empty"),
      .init("next", .text, "the address after it in a list, or empty"),
    ])

  internal static let feed = Shape(
    "feed",
    [
      .init("url", .text, "its address"),
      .init("title", .text, "its title"),
      .init("type", .text, "its media type"),
    ])

  internal static let fields: [Shape.Field] = [
    .init("site", .record { site }, "the site: see site"),
    .init("page", .record { page }, "the page: see page"),
    .init("strings", .any, "the theme's fixed words, by key"),
  ]

  /// What a page says of itself.
  internal struct Description: Sendable {
    internal var address: SiteAddress
    internal var title: String
    internal var summary = ""
    internal var language: String?
    internal var image: String = ""
    internal var openGraphType = "website"
    internal var feeds: [(address: SiteAddress, title: String, type: String)] = []
    internal var previous: SiteAddress?
    internal var next: SiteAddress?
    /// Whether lists and search engines are to leave the page out.
    internal var isUnlisted = false
    /// Whether the page is shown at addresses of all kinds, so that it has none of its own.
    internal var isEverywhere = false

    internal init(_ address: SiteAddress, _ title: String, summary: String = "") {
      self.address = address
      self.title = title
      self.summary = summary
    }

    /// The one page of a kind.
    internal init(_ kind: PageKind, _ context: ViewContext) {
      self.init(kind.row.address ?? .home, context.title(of: kind))
    }
  }

  private let context: ViewContext
  private let strings: Value
  /// What the site says of itself on every page that is not in its menu.
  private let site: Value
  /// The same on those that are, by their address.
  private let sitesInMenu: [String: Value]
  /// The feeds that every page names.
  private let feeds: [Value]

  internal init(_ context: ViewContext) {
    self.context = context
    strings = .record(
      Record(free: context.words.fixed.map { ($0.key, .text($0.text)) }))
    let menu = Self.menu(context)
    let inMenu = Set(menu.map(\.url))
    let footer = Value.list(
      context.community.pages.filter { !inMenu.contains(context.href($0.address)) }
        .map { context.link($0.address, $0.title) })
    site = Self.site(at: nil, context, menu, footer)
    sitesInMenu = Dictionary(
      uniqueKeysWithValues: inMenu.map { ($0, Self.site(at: $0, context, menu, footer)) })
    feeds = context.feeds(.home, beside: .home, of: context.settings.title, content: .posts)
      .map { Self.feed($0.address, $0.title, $0.type, context) }
  }

  private static func site(
    at here: String?, _ context: ViewContext, _ menu: [(url: String, title: String)],
    _ footer: Value
  ) -> Value {
    let settings = context.settings
    let audience = context.community.audience
    let logo = context.community.logo
    return .record(
      Record(
        site,
        [
          "title": .text(settings.title), "description": .text(settings.description),
          "language": .text(settings.language),
          "direction": .text(context.direction(of: settings.language)),
          "home": .text(context.href(.home)),
          "archive": .text(context.href(to: .archive)),
          "feed": .text(PageKind.home.feeds(beside: .home).first.map { context.href($0) } ?? ""),
          "search": .text(context.href(to: .search)),
          "styleSheet": .text(context.href(context.assets.styleSheet.address)),
          "script": .text(context.href(context.assets.script.address)),
          "icon": .text(context.assets.icon.map { context.href($0) } ?? ""),
          "logo": .text(logo.map { context.href($0.address) } ?? ""),
          "logoWidth": .text(logo?.asset.width.map { String($0) } ?? ""),
          "logoHeight": .text(logo?.asset.height.map { String($0) } ?? ""),
          "menu": .list(
            menu.map { item in
              .record(
                Record(
                  menuItem,
                  [
                    "url": .text(item.url), "title": .text(item.title),
                    "isCurrent": .flag(item.url == here),
                  ]))
            }),
          "footer": footer,
          "audienceNote": .text(
            audience < settings.widestAudience
              ? context.words.phrase("audience-site", ["audience": settings.name(of: audience)])
              : ""),
          "x": context.extras(settings.extras),
        ]))
  }

  private static func feed(
    _ address: SiteAddress, _ title: String, _ type: String, _ context: ViewContext
  ) -> Value {
    .record(
      Record(
        feed,
        ["url": .text(context.href(address)), "title": .text(title), "type": .text(type)]))
  }

  internal func page(_ page: Description) -> Value {
    let settings = context.settings
    let language = page.language ?? settings.language
    return .record(
      Record(
        Self.page,
        [
          "title": .text(page.title),
          "fullTitle": .text(
            page.title == settings.title || page.title.isEmpty
              ? settings.title : "\(page.title) · \(settings.title)"),
          "description": .text(page.summary.excerpt(200)), "language": .text(language),
          "direction": .text(context.direction(of: language)),
          "canonical": .text(
            context.site.origin.isEmpty || page.isEverywhere
              ? "" : context.site.absolute(page.address)),
          "image": .text(page.image), "openGraphType": .text(page.openGraphType),
          "isHidden": .flag(
            context.community.audience < settings.widestAudience || page.isUnlisted
              || page.isEverywhere),
          "feeds": .list(
            page.feeds.map { Self.feed($0.address, $0.title, $0.type, context) } + feeds),
          "previous": .text(page.previous.map { context.href($0) } ?? ""),
          "next": .text(page.next.map { context.href($0) } ?? ""),
        ]))
  }

  /// The frame's three values, which come first in every page's record.
  internal func values(_ page: Description) -> [Value] {
    let site = sitesInMenu[context.href(SiteAddress(page.address.path))] ?? self.site
    return [site, self.page(page), strings]
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

  /// What there is to see, and the pages that ask for a place.
  private static func standardMenu(_ context: ViewContext) -> [(url: String, title: String)] {
    let community = context.community
    let kinds = Set(
      community.conversations.indices.filter { community.isListed($0) }
        .map { community.conversations[$0].post.kind })
    let generated = PageKind.allCases.filter { kind in
      switch kind.row.menu {
      case .always: true
      case .whereListed(let kind): kinds.contains(kind)
      case nil: false
      }
    }
    return generated.map { (context.href(to: $0), context.title(of: $0)) }
      + community.pages.compactMap { page in
        page.page.menu.map { (context.href(page.address), $0.isEmpty ? page.title : $0) }
      }
  }

  /// The theme's word for what Stoa makes at an address.
  private static func title(of address: SiteAddress, _ context: ViewContext) -> String {
    let kind = PageKind.allCases.first {
      $0.row.address?.path == address.path && $0.row.reach != .none
    }
    if let kind { return context.title(of: kind) }
    let isFeed = PageKind.home.feeds(beside: .home).first?.path == address.path
    return isFeed ? context.words.text("feed") : address.path
  }
}
