import StoaAddresses
import StoaModel
import StoaParse

/// The shown items with their order and their addresses: all possible targets of links.
struct SiteLayout: Sendable {
  /// A post's place, before its body is resolved.
  struct Entry: Sendable {
    /// The index in Documents' posts.
    let post: Int
    let title: String
    let address: SiteAddress
    let date: Timestamp
    var nodes: [ThreadBuilder.Node] = []
    var mentions: [Int] = []
  }

  struct PageLayout: Sendable {
    /// The index in Documents' pages.
    let page: Int
    let title: String
    let address: SiteAddress
  }

  /// Newest first; ties by slug.
  private(set) var conversations: [Entry] = []
  /// By `order`, then slug.
  private(set) var pages: [PageLayout] = []
  private(set) var files: [SiteFile] = []
  var redirects: [Redirect] = []
  var gone: [GonePlace] = []
  /// The first slug of each conversation whose aliases name one.
  var firstSlugs: [Int: String] = [:]
  /// The responses that were on a conversation's page before, in the order of their current places.
  var moved: [Int: [MovedResponse]] = [:]
  var index: SiteIndex
  var diagnostics: [Diagnostic] = []
  private(set) var findings: [Finding] = []
  /// The conversation for a post's slug.
  private(set) var bySlug: [String: Index<Conversation>] = [:]

  /// The old anchors of responses, by their index in Documents.
  var anchors: [Int: [String]] = [:]

  var claims = AddressClaims()
  /// The site's own URL, without a slash at its end.
  let siteURL: String
  /// The URL pattern of posts.
  let permalinks: String
  /// The values of `firstSlugs`.
  var takenSlugs: Set<String> = []
  /// Posts and pages by their folded names; both share one set of names.
  private var owners: [String: (slug: String, file: String)] = [:]

  /// Sorts posts and pages; they have no addresses yet.
  init(_ documents: Documents) {
    index = SiteIndex(unread: documents.unread)
    siteURL = documents.settings.url
    permalinks = documents.settings.permalinks
    orderPosts(documents)
    orderPages(documents)
  }

  /// Gives every item its address.
  mutating func place(_ documents: Documents, names: Names, jobs: Int) async {
    index.owners = owners
    let groups = ResponseGroups(documents.responses, bySlug, count: conversations.count)
    let work = zip(groups.members, conversations).map { (members: $0, postDate: $1.date) }
    async let threads = mapInSlices(work, jobs: jobs) { [responses = documents.responses] in
      ThreadBuilder(responses, members: $0.members, postDate: $0.postDate)
    }
    placeLists(names, documents.settings)
    placePosts(documents)
    placePages(documents)
    placeFiles(documents, names)
    take(await threads, documents)
    // A copy, because concurrent code must not read what is being changed.
    let entries = conversations
    async let found = mapInSlices(entries, jobs: jobs) { AnchorBuilder($0, documents) }
    placeArchiveAndFeeds(documents)
    indexAnchors(await found, documents)
    addAliases(documents, names)
    addGone(documents)
    addFormerPlaces(documents)
    diagnostics += groups.sameIdentities
    findings += groups.orphanFindings(index)
  }

  // Each is the layout of the community's item at the same index.
  subscript(place: Index<Conversation>) -> Entry { conversations[place.position] }
  subscript(place: Index<PageEntry>) -> PageLayout { pages[place.position] }

  var conversationPlaces: Range<Index<Conversation>> { Index(0)..<Index(conversations.count) }

  // MARK: Posts and pages

  private mutating func orderPosts(_ documents: Documents) {
    let kept = documents.posts.indices.filter {
      takeName(documents.posts[$0].item.slug, file: documents.posts[$0].item.file)
    }
    let pattern = documents.settings.permalinks
    var entries = kept.map { index -> Entry in
      let post = documents.posts[index]
      let date = post.item.date ?? Timestamp(seconds: 0, offset: 0, isDay: true)
      return Entry(
        post: index,
        title: title(post.item.title, post.document, slug: post.item.slug, file: post.item.file),
        address: Permalinks.address(pattern: pattern, slug: post.item.slug, day: date.day),
        date: date)
    }
    entries.sort { left, right in
      if left.date.seconds != right.date.seconds { return left.date > right.date }
      return documents.posts[left.post].item.slug.precedes(documents.posts[right.post].item.slug)
    }
    conversations = entries
    bySlug = Dictionary(
      entries.enumerated().map { (documents.posts[$1.post].item.slug, Index($0)) },
      uniquingKeysWith: { $1 })
  }

  private mutating func placePosts(_ documents: Documents) {
    index.reserve(posts: conversations.count)
    claims.reserveCapacity(2 * conversations.count)
    for (number, entry) in conversations.enumerated() {
      let post = documents.posts[entry.post].item
      let place = Place(
        owner: .conversation(Index(number)), address: entry.address, title: entry.title)
      index.add(place, file: post.file, slug: post.slug)
      claim(entry.address, by: post.file)
    }
  }

  private mutating func orderPages(_ documents: Documents) {
    var kept = documents.pages.indices.filter {
      takeName(documents.pages[$0].item.slug, file: documents.pages[$0].item.file)
    }
    kept.sort { left, right in
      let (first, second) = (documents.pages[left].item, documents.pages[right].item)
      if first.order != second.order { return first.order < second.order }
      return first.slug.precedes(second.slug)
    }
    pages = kept.map { index in
      let page = documents.pages[index]
      return PageLayout(
        page: index,
        title: title(page.item.title, page.document, slug: page.item.slug, file: page.item.file),
        address: .page(page.item.slug))
    }
  }

  private mutating func placePages(_ documents: Documents) {
    for (number, entry) in pages.enumerated() {
      let page = documents.pages[entry.page].item
      let place = Place(owner: .page(Index(number)), address: entry.address, title: entry.title)
      index.add(place, file: page.file, slug: page.slug)
      claim(entry.address, by: page.file)
    }
  }

  /// Claims a name for a post or page; false, with a diagnostic, when another has the same name or one that differs only in case.
  private mutating func takeName(_ slug: String, file: String) -> Bool {
    let key = Slug.foldedKey(slug)
    if let other = owners[key] {
      diagnostics.append(
        Diagnostic(.duplicateSlug, slug, of: file, like: other.slug, of: other.file))
      return false
    }
    owners[key] = (slug, file)
    return true
  }

  private mutating func title(
    _ title: Located<String>?, _ document: Document, slug: String, file: String
  ) -> String {
    if let title { return title.value.directionBalanced }
    if !document.leadingTitle.showsNothing { return document.leadingTitle }
    if document.isUnread { return slug }
    diagnostics.append(
      Diagnostic(
        .missingTitle, at: SourceLocation(file: file, line: 1, column: 1),
        "there is no title",
        suggestion: "add a line such as title: …, or begin the text with a heading # …"))
    return slug
  }

  // MARK: Everything else with an address

  /// The pages of every site, and a page for each topic and contributor.
  private mutating func placeLists(_ names: Names, _ settings: Settings) {
    for address in SiteAddress.generated(with: settings) { placeGenerated(address) }
    for (number, topic) in names.topics.entries.enumerated() {
      let address = SiteAddress.topic(topic.slug)
      index.add(
        Place(owner: .topic(Index(number)), address: address, title: topic.title), file: nil,
        slug: nil)
      claim(address, by: "the topic “\(topic.title)”")
    }
    for (number, person) in names.people.entries.enumerated() {
      let address = SiteAddress.contributor(person.slug)
      index.add(
        Place(owner: .contributor(Index(number)), address: address, title: person.title), file: nil,
        slug: nil)
      claim(address, by: "the contributor “\(person.title)”")
    }
  }

  private mutating func placeFiles(_ documents: Documents, _ names: Names) {
    for (number, parsed) in documents.topics.enumerated() {
      guard let entry = names.topics.entry(ofFile: number) else { continue }
      let topic = names.topics[entry]
      let place = Place(owner: .topic(entry), address: .topic(topic.slug), title: topic.title)
      index.add(place, file: parsed.item.file, slug: nil)
    }
    let assetsByName = Dictionary(
      documents.assets.contributors.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    for (number, parsed) in documents.contributors.enumerated() {
      guard let entry = names.people.entry(ofFile: number) else { continue }
      let person = names.people[entry]
      let place = Place(
        owner: .contributor(entry), address: .contributor(person.slug), title: person.title)
      index.add(place, file: parsed.item.file, slug: nil)
      // Only the image that a visible contributor names is copied.
      if let image = parsed.item.image?.value, let asset = assetsByName[image] {
        add(SiteFile(asset: asset, address: SiteAddress(place.address.path + asset.name)))
      }
    }
    for entry in conversations {
      let slug = documents.posts[entry.post].item.slug
      for asset in documents.assets.posts[slug] ?? [] {
        add(SiteFile(asset: asset, address: SiteAddress(entry.address.path + asset.name)))
      }
    }
    for asset in documents.assets.statics {
      // A file in static/ has precedence over a generated file, never over a post.
      let address = SiteAddress("/" + asset.name)
      if claims[address] == .generated { claims.release(address) }
      add(SiteFile(asset: asset, address: address))
    }
  }

  /// Pages and feeds that depend on the content.
  private mutating func placeArchiveAndFeeds(_ documents: Documents) {
    var months: [Int: Set<Int>] = [:]
    for entry in conversations {
      let hasResponses = entry.nodes.contains {
        documents.responses[$0.response].item.isCounted
      }
      for feed in PageKind.conversation.feeds(beside: entry.address, hasResponses: hasResponses) {
        placeGenerated(feed)
      }
      if let twin = PageKind.conversation.twin(of: entry.address, documents.settings) {
        placeGenerated(twin)
      }
      let hasChanges =
        documents.posts[entry.post].hasChanges
        || entry.nodes.contains { documents.responses[$0.response].hasChanges }
      if hasChanges { placeGenerated(.changes(of: entry.address)) }
      guard !documents.posts[entry.post].item.isUnlisted else { continue }
      let day = entry.date.day
      months[day.year, default: []].insert(day.month)
    }
    for (year, months) in months.sorted(by: { $0.key < $1.key }) {
      placeGenerated(.archive(year: year))
      for month in months.sorted() { placeGenerated(.archive(year: year, month: month)) }
    }
    for month in digestMonths(documents).sorted() { placeGenerated(.digest(of: month)) }
    for page in index.topicsAndPeople {
      for feed in page.kind.feeds(beside: page.address) { placeGenerated(feed) }
    }
  }

  /// Claims the address of a list or feed, unless a file of `static` has it.
  private mutating func placeGenerated(_ address: SiteAddress) {
    if let conflict = claims.take(address, for: .generated) {
      if case .item(let file) = conflict.other, !file.utf8.starts(with: "content/static/".utf8) {
        let turned = AddressClaims.Conflict(other: .generated, file: conflict.file)
        diagnostics.append(Diagnostic(turned, over: address, file: file))
      }
      return
    }
    index.add(Place(owner: .generated, address: address, title: ""), file: nil, slug: nil)
  }

  private mutating func add(_ file: SiteFile) {
    guard claim(file.address, by: file.asset.file) else { return }
    files.append(file)
    index.add(file)
  }

  /// Claims an address; false, with a diagnostic, when it is taken.
  @discardableResult
  private mutating func claim(_ address: SiteAddress, by file: String) -> Bool {
    guard let conflict = claims.take(address, for: .item(file)) else { return true }
    diagnostics.append(Diagnostic(conflict, over: address, file: file))
    return false
  }

  // MARK: Threads and anchors

  private mutating func take(_ threads: [ThreadBuilder], _ documents: Documents) {
    for (conversation, thread) in threads.enumerated() {
      conversations[conversation].nodes = thread.nodes
      conversations[conversation].mentions = thread.mentions
      diagnostics += thread.diagnostics
    }
    reportMissingParents(threads, documents)
  }

  private mutating func reportMissingParents(_ threads: [ThreadBuilder], _ documents: Documents) {
    guard threads.contains(where: { !$0.missingParents.isEmpty }) else { return }
    let posts = Dictionary(
      documents.responses.map { ($0.item.id, $0.item.postSlug) }, uniquingKeysWith: { $1 })
    for (conversation, thread) in threads.enumerated() {
      for parent in thread.missingParents {
        let (replyTo, identifier) = (parent.replyTo, parent.identifier)
        let other = posts[identifier]
        let suggestion =
          parent.isMember
          ? "write the id alone: reply-to: \(identifier)"
          : other.map { "“\(identifier)” answers “\($0)”: a reply stays with its post" }
            ?? "take the line out, and the response answers the post"
        findings.append(
          Finding(
            Diagnostic(
              .missingParent, at: replyTo.location,
              "the post has no response “\(replyTo.value)”", suggestion: suggestion),
            asking: other == nil && !parent.isMember
              ? Finding.Question(identifier, among: .responses(of: Index(conversation))) : nil))
      }
    }
  }

  private mutating func indexAnchors(_ found: [AnchorBuilder], _ documents: Documents) {
    index.conversations = found.map(\.anchors)
    for conversation in found {
      anchors.merge(conversation.aliases) { first, _ in first }
      diagnostics += conversation.diagnostics
    }
    index.pages = pages.map { SiteIndex.Anchors(documents.pages[$0.page].document) }
    for entry in pages {
      let page = documents.pages[entry.page]
      diagnostics += FormerAnchor.diagnostics(
        page.item.anchors, page.document.headings, isUnread: page.document.isUnread)
    }
  }
}

extension Parsed {
  /// Whether there are changes of words to show.
  fileprivate var hasChanges: Bool { history?.changes.isEmpty == false }
}
