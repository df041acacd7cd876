import StoaAddresses
import StoaModel
import StoaParse

/// Which items the site shows, in which order, at which address: what there is to link to.
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
  private(set) var redirects: [Redirect] = []
  private(set) var gone: [GonePlace] = []
  /// The first slug of each conversation whose aliases name one.
  private(set) var firstSlugs: [Int: String] = [:]
  /// The responses that were on a conversation's page before, in the order of where they are now.
  private(set) var moved: [Int: [MovedResponse]] = [:]
  private(set) var index: SiteIndex
  private(set) var diagnostics: [Diagnostic] = []
  private(set) var findings: [Finding] = []
  /// Which conversation a post's slug names.
  private(set) var bySlug: [String: Index<Conversation>] = [:]

  /// The old anchors of responses, by their index in Documents.
  private(set) var anchors: [Int: [String]] = [:]

  private var claims = AddressClaims()
  /// The site's own address, without a slash at its end.
  private let siteURL: String
  /// The pattern of posts' addresses.
  private let permalinks: String
  /// The values of `firstSlugs`.
  private var takenSlugs: Set<String> = []
  /// Posts and pages by their folded names, which they share.
  private var owners: [String: (slug: String, file: String)] = [:]

  /// Puts posts and pages in order; nothing has its place yet.
  init(_ documents: Documents) {
    index = SiteIndex(unread: documents.unread)
    siteURL = documents.settings.url
    permalinks = documents.settings.permalinks
    orderPosts(documents)
    orderPages(documents)
  }

  /// Gives everything its place.
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
    // A copy: what runs beside this must not look into what is being changed.
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

  // Each is the layout of the community's item at the same place.
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

  /// Takes a name for a post or page; false, with a diagnostic, when another has it or one that differs only in case.
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

  /// What every site has, and a page for each topic and contributor.
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
      // A file in static/ wins over a generated one, never over a post.
      let address = SiteAddress("/" + asset.name)
      if claims[address] == .generated { claims.release(address) }
      add(SiteFile(asset: asset, address: address))
    }
  }

  /// Pages and feeds that exist because of what is in them.
  private mutating func placeArchiveAndFeeds(_ documents: Documents) {
    var months: [Int: Set<Int>] = [:]
    for entry in conversations {
      let hasResponses = entry.nodes.contains {
        documents.responses[$0.response].item.isCounted
      }
      for feed in PageKind.conversation.feeds(beside: entry.address, hasResponses: hasResponses) {
        placeGenerated(feed)
      }
      guard !documents.posts[entry.post].item.isUnlisted else { continue }
      let day = entry.date.day
      months[day.year, default: []].insert(day.month)
    }
    for (year, months) in months.sorted(by: { $0.key < $1.key }) {
      placeGenerated(.archive(year: year))
      for month in months.sorted() { placeGenerated(.archive(year: year, month: month)) }
    }
    for page in index.topicsAndPeople {
      for feed in page.kind.feeds(beside: page.address) { placeGenerated(feed) }
    }
  }

  /// Places a list, feed or the like, unless a file of `static` takes its place.
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

  /// Takes an address; false, with a diagnostic, when somebody has it already.
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

  // MARK: Old addresses

  private mutating func addAliases(_ documents: Documents, _ names: Names) {
    for (number, entry) in conversations.enumerated() {
      let place = Place(
        owner: .conversation(Index(number)), address: entry.address, title: entry.title)
      for alias in documents.posts[entry.post].item.aliases { add(alias, of: place) }
    }
    for (number, entry) in pages.enumerated() {
      let place = Place(owner: .page(Index(number)), address: entry.address, title: entry.title)
      for alias in documents.pages[entry.page].item.aliases { add(alias, of: place) }
    }
    for parsed in documents.topics {
      addNames(parsed.item.aliases, parsed.item.slug) { .topic($0) }
    }
    for parsed in documents.contributors {
      addNames(parsed.item.aliases, parsed.item.handle) { .contributor($0) }
    }
    redirects.sort { $0.from.path.precedes($1.from.path) }
  }

  /// An old address; a bare slug stood beside the new one.
  private mutating func add(_ alias: Located<String>, of place: Place) {
    guard let address = FormerAddress.read(alias.value, siteURL: siteURL) else {
      reportNoAddress(alias)
      return
    }
    if let conflict = claims.take(
      address, for: .alias(of: place.title, at: alias.location))
    {
      diagnostics.append(Diagnostic(shadowed: alias, by: conflict))
      return
    }
    index.add(alias: address, of: place)
    if case .conversation(let number) = place.owner { addFirstSlug(address, of: number.position) }
    redirects.append(Redirect(from: address, to: place.address, location: alias.location))
  }

  private mutating func reportNoAddress(_ alias: Located<String>) {
    diagnostics.append(
      Diagnostic(
        .invalidValue, at: alias.location, "“\(alias.value)” cannot be an old address",
        suggestion: "write it from the site's root, such as /2019/old-name/"))
  }

  /// Remembers the first of a post's aliases that has the form of a post's address, and so its first slug.
  ///
  /// A slug that is in use stands for whoever uses it.
  private mutating func addFirstSlug(_ alias: SiteAddress, of number: Int) {
    guard firstSlugs[number] == nil else { return }
    let slug = [permalinks, Settings().permalinks].lazy
      .compactMap { Permalinks.slug(in: alias.path, pattern: $0) }.first
    guard let slug, bySlug[slug] == nil, takenSlugs.insert(slug).inserted else { return }
    firstSlugs[number] = slug
  }

  /// Keeps the places that lead nowhere on purpose; one at which something stands is reported where everything is shown.
  private mutating func addGone(_ documents: Documents) {
    for entry in documents.settings.gone {
      guard case .path(let path) = entry.place, !path.utf8.contains(UInt8(ascii: "#")) else {
        continue
      }
      let address = SiteAddress(path)
      if let conflict = claims.take(address, for: .gone) {
        guard documents.audience == documents.settings.widestAudience else { continue }
        diagnostics.append(
          Diagnostic(
            .shadowedAlias, at: entry.location,
            "“\(path)” has gone by stoa.yml, and is the address of \(conflict.other)",
            suggestion: "take the line out", notes: conflict.other.notes))
      } else {
        gone.append(GonePlace(address: address, reason: entry.reason, location: entry.location))
      }
    }
    gone.sort { $0.address.path.precedes($1.address.path) }
  }

  /// Puts the old places of responses where they were: on another post's page a pointer, on their own an anchor.
  private mutating func addFormerPlaces(_ documents: Documents) {
    for number in conversations.indices {
      for node in conversations[number].nodes {
        addFormerPlaces(of: node.response, in: number, documents)
      }
      for response in conversations[number].mentions {
        addFormerPlaces(of: response, in: number, documents)
      }
    }
  }

  private mutating func addFormerPlaces(
    of response: Int, in number: Int, _ documents: Documents
  ) {
    let item = documents.responses[response].item
    for alias in item.formerPlaces {
      let anchor = Response.anchor(in: alias.value)
      let present = "response-\(item.id)"
      let page = alias.value.utf8.prefix { $0 != UInt8(ascii: "#") }
      let place = FormerAddress.read(String(Substring(page)), siteURL: siteURL).flatMap {
        index.place(at: $0.path)
      }
      var target = number
      if case .conversation(let other)? = place?.owner { target = other.position }
      if target == number, anchor == present { continue }
      let anchors = index.conversations[target]
      let isTaken =
        anchors.responses[anchor] != nil || anchors.headings[anchor] != nil
        || anchors.former[anchor] != nil || SiteIndex.fixedAnchors.contains(anchor)
        || HeadingIdentifiers.isTaken(anchor)
      guard !isTaken else {
        diagnostics.append(
          Diagnostic(
            .shadowedAlias, at: alias.location,
            target == number
              ? "“\(anchor)” is already an anchor of the same page"
              : "“\(anchor)” is already an anchor of “\(conversations[target].title)”",
            suggestion: "take the alias out"))
        continue
      }
      if target == number {
        index.conversations[target].responses[anchor] = present
        self.anchors[response, default: []].append(anchor)
      } else {
        index.conversations[target].responses[anchor] = anchor
        moved[target, default: []].append(
          MovedResponse(
            fragment: anchor, address: conversations[number].address.with(fragment: present),
            title: conversations[number].title))
      }
    }
  }

  private mutating func addNames(
    _ aliases: [Located<String>], _ slug: String,
    _ address: (String) -> SiteAddress
  ) {
    let new = address(slug)
    for alias in aliases {
      // A former handle or slug may have what no name's slug has, such as capitals and dots.
      let isAddress = alias.value.hasPrefix("/")
      let old =
        isAddress
        ? FormerAddress.read(alias.value, siteURL: siteURL)
        : Slug.make(from: alias.value).nonEmpty.map(address)
      guard let old else {
        if isAddress { reportNoAddress(alias) }
        continue
      }
      guard old.path != new.path else { continue }
      if let conflict = claims.take(old, for: .alias(of: slug, at: alias.location)) {
        // A name that means something else is reported where names are.
        if isAddress { diagnostics.append(Diagnostic(shadowed: alias, by: conflict)) }
        continue
      }
      redirects.append(Redirect(from: old, to: new, location: alias.location))
    }
  }
}

extension String {
  /// Nil for an empty text.
  fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
