import StoaAddresses
import StoaLink
import StoaModel
import StoaTemplates

/// The data about the site that every page has.
struct SiteView: Shaped {
  /// The address of the page, if the menu has it.
  let here: String?
  let menu: [(url: String, title: String)]
  let footer: [Part<LinkView>]
  let context: ViewContext

  static let shape = Shape<Self>(
    "site",
    [
      .text("title", "the community's title") { $0.context.settings.title },
      .text("description", "its description") { $0.context.settings.description },
      .text("language", "the language of the theme's words") { $0.context.settings.language },
      .text("direction", "`ltr` or `rtl`") {
        $0.context.direction(of: $0.context.settings.language)
      },
      .text("home", "the address of the home page") { $0.context.href(SiteAddress.home) },
      .text("archive", "the address of the archive") { $0.context.href(to: .archive) },
      .text("follow", "the address of the page with all feeds, or empty") {
        $0.context.hasFeeds ? $0.context.href(to: .follow) : ""
      },
      .text("newPost", "where to write a post on the forge, or empty") {
        $0.context.forge?.newFile(in: "content/posts") ?? ""
      },
      .text("posts", "the address of the list of all conversations") {
        $0.context.href(to: .posts)
      },
      .text("feed", "the address of the posts' feed, or empty") { view in
        guard view.context.hasFeeds else { return "" }
        return PageKind.home.feeds(beside: .home).first.map { view.context.href($0) } ?? ""
      },
      .text("search", "the address of the search page, or empty") {
        $0.context.href(to: .search)
      },
      .text("styleSheet", "the address of the style sheet") {
        $0.context.href($0.context.assets.styleSheet.address)
      },
      .text("script", "the address of the script") {
        $0.context.href($0.context.assets.script.address)
      },
      .text("icon", "the address of the icon, or empty") { view in
        view.context.assets.icon.map { view.context.href($0) } ?? ""
      },
      .texts("fonts", "the addresses of up to two fonts that the community's style sheet names") {
        view in
        view.context.assets.fonts.map { view.context.href($0) }
      },
      .text("logo", "the address of the logo, or empty") { view in
        view.logo.map { view.context.href($0.address) } ?? ""
      },
      .text("logoWidth", "its width in pixels, or empty if it is unknown") {
        $0.logo?.asset.width.map { String($0) } ?? ""
      },
      .text("logoHeight", "its height in pixels, or empty if it is unknown") {
        $0.logo?.asset.height.map { String($0) } ?? ""
      },
      .list("menu", of: MenuItemView.self, "the masthead's menu") { view in
        view.menu.map {
          Part(MenuItemView(url: $0.url, title: $0.title, isCurrent: $0.url == view.here))
        }
      },
      .list("footer", of: LinkView.self, "pages that the menu does not show") { $0.footer },
      .text("audienceNote", "the audience of the site, if it is not public") {
        $0.audienceNote
      },
      .open("x", "the settings' own keys") { $0.context.extras($0.context.settings.extras) },
    ])

  private var logo: SiteFile? { context.community.logo }

  private var audienceNote: String {
    let (settings, audience) = (context.settings, context.community.facts.audience)
    guard audience < settings.widestAudience else { return "" }
    return context.strings.phrase("audience-site", ["audience": settings.name(of: audience)])
  }
}

struct MenuItemView: Shaped {
  let url: String
  let title: String
  let isCurrent: Bool

  static let shape = Shape<Self>(
    "menu item",
    [
      .text("url", "its address") { $0.url },
      .text("title", "its words") { $0.title },
      .flag("isCurrent", "whether it is the address of this page") { $0.isCurrent },
    ])
}

/// The data about a page in its head.
struct PageHeadView: Shaped {
  let page: PageFrame.Description
  /// The feeds of all posts.
  let feeds: [Part<FeedView>]
  let context: ViewContext

  static let shape = Shape<Self>(
    "page",
    [
      .text("title", "the page's title") { $0.page.title },
      .text("fullTitle", "the title with the community's") { $0.fullTitle },
      .text("description", "a summary, or empty") { $0.page.summary.excerpt(200) },
      .text("language", "the language of the content") { $0.language },
      .text("direction", "`ltr` or `rtl`, for the content") {
        $0.context.direction(of: $0.language)
      },
      .text("canonical", "the page's whole address, or empty") {
        $0.context.site.origin.isEmpty || $0.page.isEverywhere
          ? "" : $0.context.site.absolute($0.page.address)
      },
      .text("image", "the whole address of its image, or empty") { $0.page.image },
      .text("openGraphType", "`article`, `profile` or `website`") { $0.page.openGraphType },
      .flag("isHidden", "whether search engines are asked to leave it out") {
        $0.context.community.facts.audience < $0.context.settings.widestAudience
          || $0.page.isUnlisted || $0.page.isEverywhere
      },
      .text("guide", "the title of the guide that it belongs to, or empty") { $0.page.guide },
      .list("feeds", of: FeedView.self, "the feeds that belong to it") { view in
        view.page.feeds.map { Part(FeedView(feed: $0, context: view.context)) } + view.feeds
      },
      .list(
        "alternates", of: AlternateView.self, "the page in each language that it is there in"
      ) { view in
        view.page.alternates.map { Part(AlternateView(alternate: $0, context: view.context)) }
      },
      .text("markdown", "where it is as markdown, or empty") { view in
        view.page.twin.map { view.context.href($0) } ?? ""
      },
      .text("previous", "the address before it in a list, or empty") { view in
        view.page.previous.map { view.context.href($0) } ?? ""
      },
      .text("next", "the address after it in a list, or empty") { view in
        view.page.next.map { view.context.href($0) } ?? ""
      },
    ])

  private var language: String { page.language ?? context.settings.language }

  private var fullTitle: String {
    let title = context.settings.title
    return page.title == title || page.title.isEmpty ? title : "\(page.title) · \(title)"
  }
}

struct AlternateView: Shaped {
  let alternate: (address: SiteAddress, language: String)
  let context: ViewContext

  static let shape = Shape<Self>(
    "alternate",
    [
      .text("url", "its whole address") { $0.context.site.absolute($0.alternate.address) },
      .text("language", "its language") { $0.alternate.language },
    ])
}

struct FeedView: Shaped {
  let feed: (address: SiteAddress, title: String, type: String)
  let context: ViewContext

  static let shape = Shape<Self>(
    "feed",
    [
      .text("url", "its address") { $0.context.href($0.feed.address) },
      .text("title", "its title") { $0.feed.title },
      .text("type", "its media type") { $0.feed.type },
    ])
}
