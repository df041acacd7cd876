import StoaAddresses
import StoaHTML
import StoaLink
import StoaModel
import StoaTemplates

/// The input of all views: the community, the site's location, and the translations.
///
/// A class, because it is large and passed to many functions.
final class ViewContext: Sendable {
  let community: Community
  let settings: Settings
  let site: Site
  let strings: Strings
  let assets: ThemeAssets
  let highlights: Highlights
  let typesetting: Typesetting
  let forge: ForgeLinks?
  /// Nil when replies go only to a forge, by e-mail or through a command.
  let replyForm: ReplyForm?
  /// The direction of the community's language.
  private let direction: String
  // Parts of many pages are made once.
  private let faces: [PersonView]
  private let people: [Part<PersonView>]
  private let listItems: [Memo<ListItemView>]
  private let topicLinks: [Part<LinkView>]
  /// The addresses of conversations.
  let hrefs: [String]
  let identities: FeedIdentities
  /// Images with a variant for dark pages beside them, such as `p.dark.png` beside `p.png`, by path.
  let darkImages: [String: SiteAddress]

  init(
    community: Community, site: Site, strings: Strings, assets: ThemeAssets, highlights: Highlights,
    typesetting: Typesetting = .none, replyForm: ReplyForm?
  ) {
    self.community = community
    self.site = site
    self.strings = strings
    self.assets = assets
    self.highlights = highlights
    self.typesetting = typesetting
    self.replyForm = replyForm ?? community.settings.reply.service.map { ReplyForm(service: $0) }
    settings = community.settings
    forge = ForgeLinks(settings.forge)
    identities = FeedIdentities(community, site)
    direction = Direction.of(settings.language)
    hrefs = community.conversations.map { site.href($0.address) }
    darkImages = Self.darkImages(among: community.files)
    faces = community.contributors.map { Self.face(of: $0, site) }
    people = faces.map { Part($0).shared() }
    listItems = community.conversations.map { _ in Memo() }
    topicLinks = community.topics.map { Self.link(to: site.href($0.address), $0.title).shared() }
  }

  private static func darkImages(among files: [SiteFile]) -> [String: SiteAddress] {
    var images: [String: SiteAddress] = [:]
    for file in files {
      var path = file.address.path
      guard let dot = path.utf8.lastIndex(of: UInt8(ascii: ".")), path[..<dot].hasSuffix(".dark")
      else { continue }
      path.removeSubrange(path.index(dot, offsetBy: -".dark".count)..<dot)
      images[path] = file.address
    }
    return images
  }

  /// The image of a post, with its size.
  func cover(of conversation: Conversation) -> Part<CoverView>? {
    guard case .image(let address, let width, let height) = conversation.image else { return nil }
    return Part(
      CoverView(
        url: href(address), width: width.map { String($0) } ?? "",
        height: height.map { String($0) } ?? ""))
  }

  func href(_ address: SiteAddress) -> String { site.href(address) }

  /// The address of a kind's only page, or of the first; empty when there is none.
  func href(to kind: PageKind) -> String {
    guard kind.row.isMade(settings), let address = kind.row.address else { return "" }
    return href(address)
  }

  /// The theme's title for a kind of pages; empty where each page has its own.
  func title(of kind: PageKind) -> String { kind.row.title.map { strings.text($0) } ?? "" }

  /// A link to the only page of a kind, or to the first.
  func link(to kind: PageKind) -> Part<LinkView> {
    link(to: href(to: kind), title(of: kind))
  }

  /// Whether there are feeds: they need absolute URLs.
  var hasFeeds: Bool { !site.origin.isEmpty }

  /// The feeds beside a page: all of them, or only those that are not empty.
  func feeds(
    _ kind: PageKind, beside page: SiteAddress, of subject: String, hasResponses: Bool = true,
    content: PageKind.Feed.Content? = nil
  ) -> [(address: SiteAddress, title: String, type: String)] {
    guard hasFeeds else { return [] }
    return kind.row.feeds.compactMap { feed in
      guard content == nil || content == feed.content,
        let address = feed.address(beside: page, hasResponses: hasResponses)
      else { return nil }
      return (address, strings.phrase(feed.title, ["title": subject]), feed.format.mediaType)
    }
  }

  func date(_ moment: Timestamp) -> Part<DateView> {
    Part(DateView(moment: moment, context: self))
  }

  /// A date with the time of day, which shows the order in a thread of one day.
  func dateAndTime(_ moment: Timestamp) -> Part<DateView> {
    Part(DateView(moment: moment, showsTime: true, context: self))
  }

  func link(
    _ address: SiteAddress, _ title: String, note: String = ""
  ) -> Part<LinkView> {
    link(to: href(address), title, note: note)
  }

  func link(to url: String, _ title: String, note: String = "") -> Part<LinkView> {
    Self.link(to: url, title, note: note)
  }

  private static func link(
    to url: String, _ title: String, note: String = ""
  ) -> Part<LinkView> {
    Part(LinkView(url: url, title: title, note: note))
  }

  /// A link to the source that a document cites.
  func link(to source: Citation?) -> Part<LinkView>? {
    source.map { link(to: $0.url, $0.title.isEmpty ? strings.text("source") : $0.title) }
  }

  func link(toConversation index: Index<Conversation>, note: String = "") -> Part<LinkView> {
    let conversation = community.conversations[index]
    let language = conversation.post.language ?? settings.language
    return Part(
      LinkView(
        url: hrefs[index.position], title: conversation.title, note: note,
        language: language == settings.language ? "" : language))
  }

  func link(toTopic index: Index<TopicEntry>, note: String) -> Part<LinkView> {
    link(community.topics[index].address, community.topics[index].title, note: note)
  }

  func link(toTopic index: Index<TopicEntry>) -> Part<LinkView> { topicLinks[index.position] }

  /// A link to a post or a response, with a label for its kind.
  func link(to reference: Reference) -> Part<LinkView> {
    link(to: href(of: reference), title(of: reference))
  }

  /// The address of a post or a response.
  func href(of reference: Reference) -> String {
    let page = hrefs[reference.conversation.position]
    guard let index = reference.response else { return page }
    let response = community.conversations[reference.conversation].responses[index]
    return page + "#" + response.encodedFragment
  }

  func title(of reference: Reference) -> String {
    let conversation = community.conversations[reference.conversation]
    guard let response = reference.response.map({ conversation.responses[$0] }) else {
      return conversation.title
    }
    return strings.phrase(
      "response-title", ["name": name(of: response), "title": conversation.title])
  }

  // MARK: People

  func name(of speaker: Speaker) -> String {
    switch speaker {
    case .contributor(let index): community.contributors[index].name
    case .guest(let name, _): name
    }
  }

  /// The author's name; for a tombstone, the word for removed content.
  func name(of response: ThreadedResponse) -> String {
    response.speaker.map { name(of: $0) } ?? strings.text("removed")
  }

  func person(_ speaker: Speaker) -> Part<PersonView> {
    switch speaker {
    case .contributor(let index): people[index.position]
    case .guest(let name, let url): Part(face(ofGuest: name, url: url))
    }
  }

  func face(of contributor: Index<ContributorEntry>) -> PersonView { faces[contributor.position] }

  /// The path of a contributor's page.
  func href(ofContributor index: Index<ContributorEntry>) -> String { faces[index.position].url }

  func face(ofGuest name: String, url: String?) -> PersonView {
    PersonView(
      name: name, url: url.flatMap(AddressPolicy.normalized) ?? "",
      hue: "hue-\(community.hue(ofGuest: name))", initials: Face.initials(of: name), image: "",
      isGuest: true, isListed: false)
  }

  private static func face(of contributor: ContributorEntry, _ site: Site) -> PersonView {
    PersonView(
      name: contributor.name, url: site.href(contributor.address),
      hue: "hue-\(contributor.hue)", initials: contributor.initials,
      image: image(contributor, site), isGuest: false, isListed: contributor.isListed)
  }

  func writer(
    _ index: Index<ContributorEntry>, note: String = "", evidence: String = "",
    evidenceURL: String = ""
  ) -> Part<WriterView> {
    Part(
      WriterView(
        person: faces[index.position], note: note, evidence: evidence, evidenceURL: evidenceURL))
  }

  func nearWriter(_ writer: NearWriter) -> Part<NearWriterView> {
    Part(
      NearWriterView(
        writer: writer, person: faces[writer.contributor.position], context: self))
  }

  private static func image(_ contributor: ContributorEntry, _ site: Site) -> String {
    if case .image(let address, _, _) = contributor.image { site.href(address) } else { "" }
  }

  /// Names in one phrase: “Maren, Jun and Teodora”.
  func names(_ contributors: [Index<ContributorEntry>]) -> String {
    phrase(ofNames: contributors.map { community.contributors[$0].name })
  }

  func phrase(ofNames names: [String]) -> String {
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return names.dropLast().joined(separator: strings.text("name-separator"))
      + strings.text("last-name-separator") + last
  }

  // MARK: Lists

  /// The badges of an item with a limited audience, or that is not published yet.
  func badges(_ audience: Audience, _ status: ItemStatus?) -> [String] {
    var badges: [String] = []
    switch status {
    case .draft?: badges.append(strings.text("draft"))
    case .scheduled?: badges.append(strings.text("scheduled"))
    case nil: break
    }
    if audience < settings.widestAudience {
      badges.append(strings.phrase("shared-with", ["audience": settings.name(of: audience)]))
    }
    return badges
  }

  /// A conversation in a list.
  func listItem(_ index: Index<Conversation>) -> Part<ListItemView> {
    listItems[index.position].part { ListItemView(index, self) }
  }

  func language(of index: Index<Conversation>) -> String {
    community.conversations[index].post.language ?? settings.language
  }

  func direction(of language: String) -> String {
    language == settings.language ? direction : Direction.of(language)
  }

  /// The language of a response (its post's, unless the response has its own); empty when it is the site's.
  func otherLanguage(of response: ThreadedResponse, in conversation: Conversation) -> String {
    let language = response.response.language ?? conversation.post.language ?? settings.language
    return language == settings.language ? "" : language
  }

  func count(of conversation: Conversation) -> String {
    conversation.isWaiting
      ? strings.text("waiting-for-response")
      : strings.count("response-count", conversation.responseCount)
  }

  /// Nil for a post.
  func excerpt(_ reference: Reference) -> Part<ExcerptView>? {
    ExcerptView(reference, self).map { Part($0) }
  }

  func backlinks(_ backlinks: [Backlink]) -> [Part<BacklinkView>] {
    backlinks.map { backlink in
      let kind = backlink.origin.kind
      let title =
        backlink.origin == .response
        ? strings.phrase(
          "response-title",
          [
            "name": backlink.speaker.map { name(of: $0) } ?? strings.text("removed"),
            "title": backlink.title,
          ]) : backlink.title
      return Part(
        BacklinkView(
          url: href(backlink.address), title: title, sentence: backlink.sentence,
          kind: kind.name, label: strings.text(kind.word), isQuote: backlink.isQuote))
    }
  }

  // MARK: Texts

  func markup(
    _ body: LinkedBody, isFromVisitors: Bool = false, beginsPage: Bool = false,
    passages: [PassageMark] = []
  ) -> Markup? {
    guard body.document.body.count > 0 else { return nil }
    let writer = BodyWriter(
      body, self, isFromVisitors: isFromVisitors, beginsPage: beginsPage, passages: passages)
    return Markup(identifiedBy: writer.identify) { writer.write(into: &$0) }
  }

  private static let noExtras = Record(free: [])

  func extras(_ extras: [Extra]) -> Record {
    if extras.isEmpty { return Self.noExtras }
    return Record(
      free: extras.map { extra in
        switch extra.value {
        case .text(let text): (extra.key, .text(text))
        case .list(let items): (extra.key, .list(items.map { .text($0) }))
        }
      })
  }
}

extension ThreadedResponse {
  /// The anchor, percent-encoded.
  var encodedFragment: String {
    PercentEncoding.encode(fragment, keeping: PercentEncoding.fragment)
  }
}

extension Backlink.Origin {
  /// The kind of the linking document: its name for themes, and the key of its translation.
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
  func excerpt(_ limit: Int) -> String {
    guard utf8.count > limit else { return self }
    var text = self
    return text.withUTF8 { bytes in
      var count = 0
      // Every byte except a continuation byte begins a scalar.
      let end = bytes.firstIndex { byte in
        if byte & 0xC0 != 0x80 { count += 1 }
        return count > limit
      }
      guard let end else { return self }
      let cut = bytes[..<end]
      var words = cut[..<(cut.lastIndex(of: UInt8(ascii: " ")) ?? end)]
      while let last = words.last, ",;:-( ".utf8.contains(last) { words.removeLast() }
      // After the end of a sentence, three dots would be four.
      let isSentence = words.last.map { ".!?".utf8.contains($0) } ?? false
      let mark = isSentence ? "\u{A0}…" : "…"
      return (String(decoding: words, as: UTF8.self) + mark).directionBalanced
    }
  }
}
