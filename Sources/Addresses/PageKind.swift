package import StoaModel

/// A kind of page that Stoa makes: one row with all its facts that do not depend on a community.
///
/// Link takes addresses and feeds from here. Render adds what the kind's template shows (`PageKind.shape`) and plans its pages
/// in the order of these cases (`Planner.add`): the first that takes a path keeps it.
package enum PageKind: Int, CaseIterable, Sendable {
  case home, conversation, changes, page, posts, waiting, topics, topic, contributors, contributor
  case questions, practices, bridges, digests, digest, archive, follow, notFound, search, redirect
  case gone, reply

  private var facts: Row {
    switch self {
    case .home:
      Row(
        "home", at: "/", title: "home", isEntrance: true,
        feeds: [
          Feed("feed.xml", of: .posts, title: "feed-title"),
          Feed("feed.json", of: .posts, title: "feed-title", format: .json),
          Feed("responses.xml", of: .responses, title: "responses-feed-title"),
        ])
    case .conversation:
      Row(
        "conversation", twin: "index.md",
        feeds: [
          Feed("feed.xml", of: .responses, title: "thread-feed-title", needsResponse: true)
        ])
    // Search engines and lists show a document's current version only.
    case .changes: Row("changes", title: "changes", reach: .none)
    case .page: Row("page")
    case .posts: Row("posts", at: "/posts/", title: "conversations", menu: .always)
    case .waiting:
      Row(
        "waiting", at: "/waiting/", title: "waiting-for-response",
        feeds: [Feed("feed.xml", of: .posts, title: "list-feed-title")])
    case .topics: Row("topics", at: "/topics/", title: "topics", menu: .always)
    case .topic:
      Row("topic", feeds: [Feed("feed.xml", of: .postsAndResponses, title: "feed-title")])
    case .contributors:
      Row("contributors", at: "/contributors/", title: "people", menu: .always)
    case .contributor:
      Row(
        "contributor",
        feeds: [
          Feed("feed.xml", of: .postsAndResponses, title: "feed-title"),
          Feed("replies.xml", of: .answers, title: "replies-feed-title"),
        ])
    case .questions:
      Row(
        "questions", at: "/questions/", title: "questions", menu: .whereListed(.question),
        feeds: [Feed("feed.xml", of: .postsAndResponses, title: "list-feed-title")])
    case .practices:
      Row(
        "practices", at: "/practices/", title: "practices", menu: .whereListed(.practice),
        feeds: [Feed("feed.xml", of: .postsAndResponses, title: "list-feed-title")])
    case .bridges:
      Row(
        "bridges", at: "/bridges/", title: "bridges",
        feeds: [Feed("feed.xml", of: .gaps, title: "list-feed-title")])
    case .digests:
      Row(
        "digests", at: "/digest/", title: "digests",
        feeds: [Feed("feed.xml", of: .digests, title: "list-feed-title")])
    case .digest: Row("digest")
    case .archive: Row("archive", at: "/archive/", title: "archive")
    case .follow: Row("follow", at: "/follow/", title: "follow")
    case .notFound: Row("404", at: SiteAddress.notFound.path, title: "not-found", reach: .none)
    case .search:
      Row("search", at: "/search/", title: "search", reach: .links) { $0.search != .none }
    case .redirect: Row("redirect", title: "moved", reach: .none)
    case .gone: Row("gone", title: "gone", reach: .none)
    case .reply: Row("reply", title: "leave-reply", reach: .none)
    }
  }

  private static let rows = allCases.map(\.facts)

  package var row: Row { Self.rows[rawValue] }

  package final class Row: Sendable {
    /// The name of its template, without `.mustache`.
    package let template: String
    /// The address of its only page, or of a list's first page; nil if each item has a page of its own.
    package let address: SiteAddress?
    /// The key of its title among the translations; nil if the item has a title.
    package let title: String?
    /// Its place in the default menu.
    package let menu: MenuPlace?
    package let reach: Reach
    /// Whether visitors enter the site here, so that a build writes it last.
    package let isEntrance: Bool
    /// The feeds beside each of its pages.
    package let feeds: [Feed]
    /// The file name of the markdown version beside each of its pages, if the settings ask for one; nil if the kind has none.
    fileprivate let twin: String?
    /// Whether a site with these settings has the page.
    package let isMade: @Sendable (Settings) -> Bool

    fileprivate init(
      _ template: String, at path: String? = nil, title: String? = nil, menu: MenuPlace? = nil,
      reach: Reach = .search, isEntrance: Bool = false, twin: String? = nil, feeds: [Feed] = [],
      isMade: @escaping @Sendable (Settings) -> Bool = { _ in true }
    ) {
      self.template = template
      address = path.map { SiteAddress($0) }
      self.title = title
      self.menu = menu
      self.reach = reach
      self.isEntrance = isEntrance
      self.feeds = feeds
      self.twin = twin
      self.isMade = isMade
    }
  }

  package enum MenuPlace: Sendable {
    case always
    /// In the menu if the site's lists show a post of this kind.
    case whereListed(Post.Kind)
  }

  /// The lists that name a page.
  package enum Reach: Sendable {
    /// In no list: the page stands for other pages.
    case none
    /// In lists for readers: addresses.txt and menus.
    case links
    /// In lists for search engines, too: the sitemap.
    case search
  }

  /// A feed beside a page.
  package struct Feed: Sendable {
    package enum Content: Sendable {
      case posts, responses, postsAndResponses, gaps, digests
      /// Replies by others to a contributor.
      case answers
    }

    package enum Format: String, Sendable {
      case atom = "application/atom+xml"
      case json = "application/feed+json"

      package var mediaType: String { rawValue }
    }

    fileprivate let name: String
    package let content: Content
    /// The key of its title among the translations.
    package let title: String
    package let format: Format
    private let needsResponse: Bool

    fileprivate init(
      _ name: String, of content: Content, title: String, format: Format = .atom,
      needsResponse: Bool = false
    ) {
      self.name = name
      self.content = content
      self.title = title
      self.format = format
      self.needsResponse = needsResponse
    }

    /// The address of the feed; nil if the page has none.
    ///
    /// - Parameter hasResponses: whether the page shows responses that count.
    package func address(beside page: SiteAddress, hasResponses: Bool) -> SiteAddress? {
      needsResponse && !hasResponses ? nil : SiteAddress(page.path + name)
    }
  }

  /// The file names of feeds, whichever page they belong to.
  package static let feedNames = Set(allCases.flatMap { $0.row.feeds.map(\.name) })

  /// The address of a page as markdown; nil if the kind, or a site with these settings, has none.
  package func twin(of page: SiteAddress, _ settings: Settings) -> SiteAddress? {
    settings.writesMarkdown ? row.twin.map { SiteAddress(page.path + $0) } : nil
  }

  /// The feeds that a page of the kind has.
  ///
  /// - Parameter content: nil for all of them.
  package func feeds(
    beside page: SiteAddress, hasResponses: Bool = true, content: Feed.Content? = nil
  ) -> [SiteAddress] {
    row.feeds.filter { content == nil || content == $0.content }
      .compactMap { $0.address(beside: page, hasResponses: hasResponses) }
  }
}

extension SiteAddress {
  package static func topic(_ slug: String) -> SiteAddress { below(.topics, slug) }

  package static func contributor(_ handle: String) -> SiteAddress { below(.contributors, handle) }

  /// The changes to a conversation.
  package static func changes(of conversation: SiteAddress) -> SiteAddress {
    SiteAddress(conversation.path + "changes/")
  }

  /// The archive of a year or a month.
  package static func archive(year: Int, month: Int? = nil) -> SiteAddress {
    guard let month else { return below(.archive, String(year)) }
    return below(.archive, "\(year)/\(month < 10 ? "0" : "")\(month)")
  }

  /// What happened in a month.
  package static func digest(of month: CalendarMonth) -> SiteAddress {
    below(.digests, month.description)
  }

  private static func below(_ kind: PageKind, _ rest: String) -> SiteAddress {
    SiteAddress("\(kind.row.address?.path ?? "/")\(rest)/")
  }

  /// The OPML files with the feeds of all topics, and of all contributors.
  package static let topicFeeds = SiteAddress("/topics.opml")
  package static let peopleFeeds = SiteAddress("/people.opml")
  /// The page for missing addresses.
  package static let notFound = SiteAddress("/404.html")
  package static let sitemap = SiteAddress("/sitemap.xml")
  package static let robots = SiteAddress("/robots.txt")
  /// The list of all addresses.
  package static let list = SiteAddress("/addresses.txt")
  /// The list of the conversations as markdown (https://llmstxt.org).
  package static let markdownList = SiteAddress("/llms.txt")

  /// The addresses that every site has, whatever its content.
  ///
  /// - Parameter settings: nil for the addresses that any site may have.
  package static func generated(with settings: Settings? = nil) -> [SiteAddress] {
    let kinds = PageKind.allCases.filter { kind in settings.map { kind.row.isMade($0) } ?? true }
    return kinds.flatMap { kind in
      kind.row.address.map { [$0] + kind.feeds(beside: $0) } ?? []
    } + [topicFeeds, peopleFeeds, sitemap, robots, list]
      + (settings?.writesMarkdown == false ? [] : [markdownList])
  }
}
