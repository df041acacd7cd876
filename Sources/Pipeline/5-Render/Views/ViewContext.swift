internal import StoaAddresses
internal import StoaHTML
internal import StoaLink
internal import StoaModel
internal import StoaTemplates

/// What every view is made from: the community, where the site lives, and the theme's words.
///
/// A class, because it is handed from function to function and holds a great deal.
internal final class ViewContext: Sendable {
  internal let community: Community
  internal let site: Site
  internal let words: Words
  internal let assets: ThemeAssets
  internal let highlights: Highlights
  internal let forge: ForgeLinks?
  /// The host in the `tag:` ids of feeds: the community's own, wherever a build is for.
  private let feedAuthority: String
  /// The direction of the community's language.
  private let direction: String
  // What many pages show is made once.
  /// What `person` and `writer` begin with, for each contributor.
  private let faces: [[Value]]
  private let people: [Value]
  private let listItems: [OnceMade]
  private let topicLinks: [Value]
  /// The addresses of conversations.
  internal let hrefs: [String]
  /// The ids of posts in feeds: `tag:` ids (RFC 4151) that survive a change of address, for they name the post, not the page.
  internal let feedIDs: [String]

  internal init(
    community: Community, site: Site, words: Words, assets: ThemeAssets, highlights: Highlights
  ) {
    self.community = community
    self.site = site
    self.words = words
    self.assets = assets
    self.highlights = highlights
    let settings = community.settings
    forge = ForgeLinks(settings.forge)
    let own = Site(baseURL: settings.url).host
    let host = own.isEmpty ? site.host : own
    // A site that has no host yet still needs ids that parse.
    let authority = host.isEmpty ? "stoa.invalid" : host
    feedAuthority = authority
    feedIDs = community.conversations.map { conversation in
      let slug = PercentEncoding.encode(conversation.post.slug, keeping: PercentEncoding.path)
      return "tag:\(authority),\(conversation.date.day):\(slug)"
    }
    direction = Direction.of(settings.language)
    hrefs = community.conversations.map { site.href($0.address) }
    faces = community.contributors.map { Self.face(of: $0, site) }
    people = zip(faces, community.contributors).map { face, contributor in
      .record(Record(SharedShapes.person, face, ["isListed": .flag(contributor.isListed)]))
    }
    listItems = community.conversations.map { _ in OnceMade() }
    topicLinks = community.topics.map { Self.link(to: site.href($0.address), $0.title) }
  }

  internal var settings: Settings { community.settings }

  internal func href(_ address: SiteAddress) -> String { site.href(address) }

  /// The address of a kind's only page, or of the first; empty where there is none.
  internal func href(to kind: PageKind) -> String {
    guard kind.row.isMade(settings), let address = kind.row.address else { return "" }
    return href(address)
  }

  /// The theme's title for a kind of pages; empty where each has its own.
  internal func title(of kind: PageKind) -> String { kind.row.title.map { words.text($0) } ?? "" }

  /// A link to the only page of a kind, or to the first.
  internal func link(to kind: PageKind) -> Value { link(to: href(to: kind), title(of: kind)) }

  /// The feeds beside a page, all or those with some content.
  internal func feeds(
    _ kind: PageKind, beside page: SiteAddress, of subject: String, hasResponses: Bool = true,
    content: PageKind.Feed.Content? = nil
  ) -> [(address: SiteAddress, title: String, type: String)] {
    kind.row.feeds.compactMap { feed in
      guard content == nil || content == feed.content,
        let address = feed.address(beside: page, hasResponses: hasResponses)
      else { return nil }
      return (address, words.phrase(feed.title, ["title": subject]), feed.format.mediaType)
    }
  }

  internal func date(_ moment: Moment) -> Value {
    .record(
      Record(
        SharedShapes.date,
        ["machine": .text(moment.machineReadable), "text": .text(words.date(moment))]))
  }

  internal func link(_ address: SiteAddress, _ title: String, note: String = "") -> Value {
    link(to: href(address), title, note: note)
  }

  internal func link(to url: String, _ title: String, note: String = "") -> Value {
    Self.link(to: url, title, note: note)
  }

  private static func link(to url: String, _ title: String, note: String = "") -> Value {
    .record(
      Record(
        SharedShapes.link, ["url": .text(url), "title": .text(title), "note": .text(note)]))
  }

  internal func link(toConversation index: Int, note: String = "") -> Value {
    link(to: hrefs[index], community.conversations[index].title, note: note)
  }

  internal func link(toTopic index: Int, note: String) -> Value {
    link(community.topics[index].address, community.topics[index].title, note: note)
  }

  internal func link(toTopic index: Int) -> Value { topicLinks[index] }

  /// A link to a post or a response, named for what it is.
  internal func link(to reference: Reference) -> Value {
    link(to: href(of: reference), title(of: reference))
  }

  /// Where a post or a response is.
  internal func href(of reference: Reference) -> String {
    let page = hrefs[reference.conversation]
    guard let index = reference.response else { return page }
    let response = community.conversations[reference.conversation].responses[index]
    return page + "#" + response.encodedFragment
  }

  internal func title(of reference: Reference) -> String {
    let conversation = community.conversations[reference.conversation]
    guard let response = reference.response.map({ conversation.responses[$0] }) else {
      return conversation.title
    }
    let name = response.speaker.map { self.name(of: $0) } ?? words.text("removed")
    return words.phrase("response-title", ["name": name, "title": conversation.title])
  }

  internal func feedID(of feed: SiteAddress) -> String {
    "tag:\(feedAuthority),1970-01-01:\(feed.encoded())"
  }

  // MARK: People

  internal func name(of speaker: Speaker) -> String {
    switch speaker {
    case .contributor(let index): community.contributors[index].name
    case .guest(let name, _): name
    }
  }

  internal func person(_ speaker: Speaker) -> Value {
    switch speaker {
    case .contributor(let index): return people[index]
    case .guest(let name, let url):
      return .record(
        Record(
          SharedShapes.person,
          [
            "name": .text(name), "url": .text(url.flatMap(AddressPolicy.normalized) ?? ""),
            "hue": .text("hue-\(Face.hue(of: name))"), "initials": .text(Face.initials(of: name)),
            "image": .text(""), "isGuest": .flag(true),
            "isListed": .flag(false),
          ]))
    }
  }

  /// Name, url, hue, initials, image, isGuest.
  private static func face(of contributor: ContributorEntry, _ site: Site) -> [Value] {
    [
      .text(contributor.name), .text(site.href(contributor.address)),
      .text("hue-\(contributor.hue)"), .text(contributor.initials),
      .text(image(contributor, site)), .flag(false),
    ]
  }

  internal func writer(
    _ index: Int, note: String = "", evidence: String = "", evidenceURL: String = ""
  ) -> Value {
    .record(
      Record(
        SharedShapes.writer, faces[index],
        ["note": .text(note), "evidence": .text(evidence), "evidenceUrl": .text(evidenceURL)]))
  }

  private static func image(_ contributor: ContributorEntry, _ site: Site) -> String {
    if case .image(let address, _, _) = contributor.image { site.href(address) } else { "" }
  }

  /// Names in one phrase: “Maren, Jun and Teodora”.
  internal func names(_ contributors: [Int]) -> String {
    phrase(ofNames: contributors.map { community.contributors[$0].name })
  }

  internal func phrase(ofNames names: [String]) -> String {
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return names.dropLast().joined(separator: words.text("name-separator"))
      + words.text("last-name-separator") + last
  }

  // MARK: Lists

  /// What is to be known of an item that not everybody sees.
  internal func badges(_ audience: Audience, _ mark: Mark?) -> Value {
    var badges: [Value] = []
    switch mark {
    case .draft?: badges.append(.text(words.text("draft")))
    case .scheduled?: badges.append(.text(words.text("scheduled")))
    case nil: break
    }
    if audience < settings.widestAudience {
      badges.append(.text(words.phrase("shared-with", ["audience": settings.name(of: audience)])))
    }
    return .list(badges)
  }

  private static var facesShown: Int { 4 }

  /// A conversation as lists show it.
  internal func listItem(_ index: Int) -> Value {
    listItems[index].value { makeListItem(index) }
  }

  private func makeListItem(_ index: Int) -> Record {
    let conversation = community.conversations[index]
    let kind =
      switch conversation.post.kind {
      case .article: ""
      case .question:
        words.text(conversation.answer == nil ? "open-question" : "answered")
      case .practice: words.text("practice")
      }
    let language = conversation.post.language ?? settings.language
    return Record(
      SharedShapes.listItem,
      [
        "url": .text(hrefs[index]), "title": .text(conversation.title),
        "summary": .text(conversation.summary.excerpt(240)),
        "language": .text(language == settings.language ? "" : language),
        "direction": .text(direction(of: language)),
        "authors": .text(names(conversation.authors)),
        "people": .list(conversation.participants.prefix(Self.facesShown).map { person($0) }),
        "date": date(conversation.date), "kind": .text(kind),
        "badges": badges(conversation.audience, conversation.mark),
        "topics": .list(conversation.topics.map { link(toTopic: $0) }),
        "hasTopics": .flag(!conversation.topics.isEmpty),
        "count": .text(count(of: conversation)),
        "learnedFrom": .list(conversation.learnedFrom.map { link(to: $0) }),
        "hasLearnedFrom": .flag(!conversation.learnedFrom.isEmpty),
      ])
  }

  internal func direction(of language: String) -> String {
    language == settings.language ? direction : Direction.of(language)
  }

  internal func count(of conversation: Conversation) -> String {
    conversation.isWaiting
      ? words.text("waiting-for-response")
      : words.count("response-count", conversation.responseCount)
  }

  internal func excerpt(_ reference: Reference) -> Value {
    let conversation = community.conversations[reference.conversation]
    guard let response = reference.response.map({ conversation.responses[$0] }) else {
      return .nothing
    }
    return .record(
      Record(
        SharedShapes.excerpt,
        [
          "url": .text(href(of: reference)), "title": .text(title(of: reference)),
          "summary": .text(response.body.summary.excerpt(180)),
          "person": response.speaker.map { person($0) } ?? .nothing, "date": date(response.date),
        ]))
  }

  internal func backlinks(_ backlinks: [Backlink]) -> Value {
    .list(
      backlinks.map { backlink in
        let kind = backlink.origin.kind
        let title =
          backlink.origin == .response
          ? words.phrase(
            "response-title",
            [
              "name": backlink.speaker.map { name(of: $0) } ?? words.text("removed"),
              "title": backlink.title,
            ]) : backlink.title
        return .record(
          Record(
            SharedShapes.backlink,
            [
              "url": .text(href(backlink.address)), "title": .text(title),
              "sentence": .text(backlink.sentence), "kind": .text(kind.name),
              "label": .text(words.text(kind.word)),
            ]))
      })
  }

  // MARK: Texts

  internal func markup(
    _ body: LinkedBody, isFromVisitors: Bool = false, beginsPage: Bool = false
  ) -> Value {
    guard body.document.body.count > 0 else { return .html(nil) }
    let writer = BodyWriter(body, self, isFromVisitors: isFromVisitors, beginsPage: beginsPage)
    return .html(Markup { writer.write(into: &$0) })
  }

  private static let noExtras = Value.record(Record(free: []))

  internal func extras(_ extras: [Extra]) -> Value {
    if extras.isEmpty { return Self.noExtras }
    return .record(
      Record(
        free: extras.map { extra in
          switch extra.value {
          case .text(let text): (extra.key, .text(text))
          case .list(let items): (extra.key, .list(items.map { .text($0) }))
          }
        }))
  }
}

extension ThreadedResponse {
  /// The anchor as an address has it.
  internal var encodedFragment: String {
    PercentEncoding.encode(fragment, keeping: PercentEncoding.fragment)
  }
}

extension Backlink.Origin {
  /// What links: its name for themes, and the key of the word for it.
  fileprivate var kind: (name: String, word: String) {
    switch self {
    case .post(.article): ("article", "post")
    case .post(let kind): (kind.rawValue, kind.rawValue)
    case .response: ("response", "response")
    case .page: ("page", "page")
    }
  }
}

extension String {
  /// The beginning of a text, cut between words, in at most `limit` characters.
  internal func excerpt(_ limit: Int) -> String {
    guard utf8.count > limit else { return self }
    var text = self
    return text.withUTF8 { bytes in
      var count = 0
      // Every byte but one that goes on with a scalar begins one.
      let end = bytes.firstIndex { byte in
        if byte & 0xC0 != 0x80 { count += 1 }
        return count > limit
      }
      guard let end else { return self }
      let cut = bytes[..<end]
      let words = cut[..<(cut.lastIndex(of: UInt8(ascii: " ")) ?? end)]
      return String(decoding: words, as: UTF8.self) + "…"
    }
  }
}
