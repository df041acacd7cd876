import StoaAddresses
import StoaLink
import StoaModel

extension Planner {
  /// Plans the files at old addresses: redirect pages, copies of feeds, and pages about removed content.
  ///
  /// They come after all pages and feeds, which keep their addresses.
  mutating func addFormerAddresses() {
    let feeds = Set(feedAddresses.map(\.path))
    let twins = Set(twinAddresses.map(\.path))
    let further = furtherPages
    for redirect in context.community.redirects {
      if Self.isFeed(redirect.from.path) {
        addFormerFeed(redirect, feeds)
        continue
      }
      guard !isTaken(redirect.from.outputPath) else {
        reportShadowed(redirect.from, redirect.location)
        continue
      }
      add(redirect)
      guard redirect.from.path.hasSuffix("/"), redirect.to.path.hasSuffix("/") else { continue }
      for name in Self.feedNames where feeds.contains(redirect.to.path + name) {
        addCopy(
          Redirect(
            from: SiteAddress(redirect.from.path + name), to: SiteAddress(redirect.to.path + name),
            location: redirect.location))
      }
      if let from = PageKind.conversation.twin(of: redirect.from, context.settings),
        let to = PageKind.conversation.twin(of: redirect.to, context.settings),
        twins.contains(to.path)
      {
        addCopy(Redirect(from: from, to: to, location: redirect.location))
      }
      for rest in further[redirect.to.path] ?? [] {
        let page = Redirect(
          from: SiteAddress(redirect.from.path + rest), to: SiteAddress(redirect.to.path + rest),
          location: redirect.location)
        if !isTaken(page.from.outputPath) { add(page) }
      }
    }
    redirects.sort { $0.from.path.precedes($1.from.path) }
    addGone()
  }

  private mutating func add(_ redirect: Redirect) {
    redirects.append(redirect)
    add(RedirectView.Subject(redirect: redirect), at: redirect.from)
  }

  /// Programs cannot use an HTML page: the current feed or markdown is at both addresses, and names the new one.
  private mutating func addCopy(_ redirect: Redirect) {
    guard !isTaken(redirect.from.outputPath) else { return }
    redirects.append(redirect)
    add(copyOf: redirect.to, at: redirect.from)
  }

  /// An alias that was a feed's address leads to the current feed of the item with the alias.
  private mutating func addFormerFeed(_ redirect: Redirect, _ feeds: Set<String>) {
    let feed = SiteAddress(redirect.to.path + Self.feedNames[0])
    guard !isTaken(redirect.from.outputPath) else {
      // The alias of the page has added it already.
      if !redirects.contains(where: { $0.from.path == redirect.from.path }) {
        reportShadowed(redirect.from, redirect.location)
      }
      return
    }
    guard feeds.contains(feed.path) else {
      diagnostics.append(
        Diagnostic(
          .invalidValue, at: redirect.location,
          "“\(redirect.from.path)” was a feed, and “\(redirect.to.path)” has none",
          suggestion: "take the alias out"))
      return
    }
    addCopy(Redirect(from: redirect.from, to: feed, location: redirect.location))
  }

  private mutating func addGone() {
    for place in context.community.gone {
      guard !isTaken(place.address.outputPath) else {
        if context.community.audience == context.settings.widestAudience {
          reportShadowed(place.address, place.location, "take the line out")
        }
        continue
      }
      gone.append(place)
      // A program that requests a feed or an image has no use for a page.
      if place.address.isPage { add(GoneView.Subject(place: place), at: place.address) }
    }
  }

  private mutating func reportShadowed(
    _ address: SiteAddress, _ location: SourceLocation, _ suggestion: String = "take the alias out"
  ) {
    diagnostics.append(
      Diagnostic(
        .shadowedAlias, at: location, "“\(address.path)” is the address of a page that Stoa makes",
        suggestion: suggestion))
  }

  /// The file names of feeds beside posts, topics and contributors; `feed.xml`, which every kind has, is first.
  private static let feedNames = ["feed.xml", "replies.xml"]

  private static func isFeed(_ path: String) -> Bool {
    [".xml", ".rss", ".atom"].contains { path.utf8.reversed().starts(with: $0.utf8.reversed()) }
  }

  /// The further pages of topics and contributors and the pages of conversations' changes, as paths relative to the first page, by
  /// the address of the first page.
  private var furtherPages: [String: [String]] {
    var further: [String: [String]] = [:]
    for page in pages where page.kind == .topic || page.kind == .contributor {
      let parts = page.address.path.pathParts()
      guard parts.count == 4, parts[2] == "page" else { continue }
      further["/\(parts[0])/\(parts[1])/", default: []].append("\(parts[2])/\(parts[3])/")
    }
    for conversation in context.community.conversations where conversation.changesAddress != nil {
      further[conversation.address.path, default: []].append("changes/")
    }
    return further.mapValues { $0.sorted { $0.precedes($1) } }
  }

  /// Hosts that support `_redirects` (Netlify, Cloudflare Pages) answer old addresses themselves; those that support 410 do so for
  /// removed content too.
  mutating func addRedirectList() {
    var lines = redirects.map { "\(context.href($0.from)) \(context.href($0.to)) 301\n" }
    for place in gone {
      let address = context.href(place.address)
      guard place.address.isPage else {
        lines.append("\(address) \(context.href(.notFound)) 410\n")
        continue
      }
      // If a file exists at the address, hosts apply the rule only with the exclamation mark.
      lines.append("\(address) \(address) 410!\n")
      guard place.address.path.hasSuffix("/") else { continue }
      let isPerson = place.address.path.hasPrefix(PageKind.contributors.row.address?.path ?? "/")
      for name in isPerson ? Self.feedNames : [Self.feedNames[0]] {
        lines.append("\(context.href(SiteAddress(place.address.path + name))) \(address) 410\n")
      }
      if let twin = PageKind.conversation.twin(of: place.address, context.settings), !isPerson {
        lines.append("\(context.href(twin)) \(address) 410\n")
      }
    }
    guard !lines.isEmpty else { return }
    add(Array(lines.joined().utf8), at: SiteAddress("/_redirects"), .entrance)
  }
}
