import StoaAddresses
import StoaHTML
import StoaModel
import StoaParse

/// A document whose slots are to be resolved.
struct Origin: Sendable {
  let owner: Place.Owner
  /// Relative to the folder of stoa.yml.
  let file: String
  let address: SiteAddress
}

/// Resolves the links, mentions and images of one document.
struct SlotResolver {
  /// A link from this document to an item with a page of its own.
  struct Edge: Sendable {
    let target: Place.Owner
    fileprivate(set) var sentence: String
  }

  let book: AddressBook
  let origin: Origin
  private(set) var edges: [Edge] = []
  private(set) var quotes: [Quote] = []
  private(set) var findings: [Finding] = []
  /// Whether the last lookup found a page, but not the fragment on it.
  private var lacksFragment = false

  init(_ book: AddressBook, origin: Origin) {
    self.book = book
    self.origin = origin
  }

  mutating func resolve(_ document: Document) -> LinkedBody {
    let targets = document.slots.enumerated().map { resolve($1, number: $0) }
    reportRemoteImages(document, targets)
    for index in edges.indices {
      edges[index].sentence =
        LinkedBody.filling(edges[index].sentence, of: document, targets).directionBalanced
    }
    return LinkedBody(document, targets: targets)
  }

  private mutating func resolve(_ slot: Slot, number: Int) -> LinkedBody.Target {
    switch slot.content {
    case .link(let address, _): link(address, slot)
    case .wikilink(let target, _): wikilink(target, slot)
    case .mention(let handle): mention(handle, slot)
    case .image(let address, _, _, _, _): medium(address) ?? image(address, slot)
    case .embed(let file, _, _, _): embed(file, slot)
    case .quote(let target, _): quote(target, slot, number: number)
    case .code, .formula, .diagram, .word, .backLink: .none
    }
  }

  // MARK: URLs in markdown

  private mutating func link(_ address: String, _ slot: Slot) -> LinkedBody.Target {
    switch AddressPolicy.judge(address) {
    case .external, .mail:
      if let path = book.own?.path(in: address) { return relative(path, written: address, slot) }
      return AddressPolicy.normalized(address).map { .external($0) } ?? .unresolved
    case .refused:
      report(
        .unsafeAddress, slot, "the address “\(Self.shown(address))” is not allowed",
        "use http, https, mailto or a relative address")
      return .unresolved
    case .fragment:
      let fragment = PercentEncoding.decode(String(address.drop { $0 == "#" })) ?? ""
      guard !fragment.isEmpty else { return .site(origin.address, title: "") }
      let here = Place(owner: origin.owner, address: origin.address, title: "")
      return target(here, fragment: fragment, slot)
    case .relative:
      return relative(address, written: address, slot)
    }
  }

  private mutating func relative(
    _ address: String, written: String, _ slot: Slot
  ) -> LinkedBody.Target {
    let (path, query, fragment) = Self.split(address)
    if let place = place(atRelative: path) {
      let target = target(place, fragment: fragment, slot)
      guard !query.isEmpty, case .site(let address, let title) = target else { return target }
      return .site(address.with(query: query), title: title)
    }
    if let file = asset(atRelative: path) {
      // The program that shows the file interprets the fragment: a page of a PDF, a time in a recording.
      return .site(SiteAddress(file.address.path, fragment: fragment, query: query), title: "")
    }
    if let file = ContentPath.resolve(path, in: origin.file.pathFolder),
      let place = book.index.place(ofFileLike: file)
    {
      return target(place, fragment: fragment, slot)
    }
    if isUnread(path) { return .unresolved }
    let name = ContentPath.name(of: path.hasSuffix("/") ? String(path.dropLast()) : path)
    let slug = name.hasSuffix(".md") ? String(name.dropLast(3)) : name
    report(
      .unresolvedLink, slot, "nothing is at “\(Self.shown(written))”",
      "this build shows no file and no page there; drafts and scheduled documents are left out",
      asking: Finding.Question(slug, among: .postsAndPages))
    return .unresolved
  }

  /// Whether a path leads to a file that exists but cannot be used, to its page, or to a file beside it.
  private func isUnread(_ path: String) -> Bool {
    guard !book.index.unread.isEmpty else { return false }
    let file = path.hasPrefix("/") ? path : ContentPath.resolve(path, in: origin.file.pathFolder)
    return book.index.unread.has(path: file ?? path)
  }

  private func place(atRelative path: String) -> Place? {
    if path.hasPrefix("/") { return book.index.place(at: path) }
    let folder = origin.file.pathFolder
    if let file = ContentPath.resolve(path, in: folder) {
      if let place = book.index.place(ofFile: file) ?? book.index.byFile["\(file)/index.md"] {
        return place
      }
    }
    return ContentPath.resolve(path, in: origin.address.path).flatMap {
      book.index.place(at: "/" + $0)
    }
  }

  func asset(atRelative path: String) -> SiteFile? {
    if path.hasPrefix("/") { return book.index.assetsByPath[path] }
    if let file = ContentPath.resolve(path, in: origin.file.pathFolder),
      let asset = book.index.assetsByFile[file]
    {
      return asset
    }
    return ContentPath.resolve(path, in: origin.address.path)
      .flatMap { book.index.assetsByPath["/" + $0] }
  }

  /// The image that front matter names.
  mutating func image(_ address: Located<String>) -> LinkedBody.Target {
    let place = address.location
    let content = Slot.Content.image(
      address: address.value, alternative: "", title: "", width: nil, height: nil)
    return image(address.value, Slot(content, line: place.line, column: place.column))
  }

  /// An image beside the document, or below the site's root.
  private mutating func image(_ address: String, _ slot: Slot) -> LinkedBody.Target {
    switch AddressPolicy.judge(address) {
    case .relative:
      let (path, query, fragment) = Self.split(address)
      if let file = asset(atRelative: path) {
        return show(file, as: address, query: query, fragment: fragment, slot)
      }
    case .external:
      // Nothing is loaded from other sites: Render writes a link.
      return AddressPolicy.normalized(address).map { .external($0) } ?? .unresolved
    case .mail, .fragment, .refused: break
    }
    if isUnread(Self.split(address).path) { return .unresolved }
    report(
      .missingImage, slot, "there is no image “\(Self.shown(address))”",
      "put it beside the post's index.md, or below content/static and begin its address with /")
    return .unresolved
  }

  // MARK: Wikilinks and mentions

  private mutating func wikilink(_ text: String, _ slot: Slot) -> LinkedBody.Target {
    if text.hasPrefix("@") {
      let handle = String(text.dropFirst())
      if let place = person(handle) {
        return lead(to: place, fragment: "", title: place.title, slot)
      }
      if book.index.unread.has(name: handle) { return .unresolved }
      report(
        .unresolvedMention, slot, "there is no contributor “\(handle)”",
        "write a handle: the name of a file in content/contributors, or an author's",
        asking: Finding.Question(handle, among: .handles, sign: "@"))
      return .unresolved
    }
    if text.hasPrefix("topic:") {
      let name = String(text.dropFirst("topic:".utf8.count))
      if let found = book.topics.find(name) {
        let place = topicPlace(found)
        return lead(to: place, fragment: "", title: place.title, slot)
      }
      reportUnresolved(
        name, slot, among: .topics,
        "write a topic that a post has, or a file for it in content/topics")
      return .unresolved
    }
    let (name, fragment) = Self.splitWikilink(text)
    if name.isEmpty {
      return target(
        Place(owner: origin.owner, address: origin.address, title: ""), fragment: fragment, slot)
    }
    if let place = book.index.bySlug[name] ?? book.index.place(formerly: name) {
      return target(place, fragment: fragment, slot)
    }
    // A title may contain a number sign.
    for (title, fragment) in [(name, fragment), (text, "")] {
      guard let places = book.index.byTitle[NameKey(title)], let first = places.first else {
        continue
      }
      if places.count > 1 {
        let slugs = places.map { $0.address.path }.sorted { $0.precedes($1) }
        report(
          .ambiguousLink, slot, "“\(title)” is the title of \(slugs.joined(separator: " and "))",
          "write the slug instead")
        return .unresolved
      }
      return target(first, fragment: fragment, slot)
    }
    if let place = book.index.place(called: name) { return target(place, fragment: fragment, slot) }
    if case .found(let file) = file(called: name) { return .site(file.address, title: "") }
    reportUnresolved(
      name, slot, among: .slugsAndTitles,
      "write the slug or title of a post or page, topic:name, or @handle")
    return .unresolved
  }

  /// The target of a quote; a link if the target cannot be quoted.
  private mutating func quote(
    _ text: String, _ slot: Slot, number: Int
  ) -> LinkedBody.Target {
    lacksFragment = false
    let target = wikilink(text, slot)
    guard case .site(let address, let title) = target, !lacksFragment else { return target }
    guard let place = book.index.byPath[address.path],
      let quoted = QuotedText(at: place.owner, fragment: address.fragment, in: book.index)
    else {
      report(
        .embeddedText, slot, "“\(Self.shown(text))” is no text to quote: a link to it is shown",
        "write [[\(Self.shown(text))]] for a link")
      return target
    }
    let quotation = Quotation(
      text: quoted, heading: quoted.isResponse ? "" : address.fragment, address: address)
    quotes.append(Quote(slot: number, quotation: quotation))
    return .quote(quotation, title: title)
  }

  private mutating func mention(_ handle: String, _ slot: Slot) -> LinkedBody.Target {
    guard let place = person(handle) else { return .unresolved }
    return lead(to: place, fragment: "", title: place.title, slot)
  }

  private func person(_ handle: String) -> Place? {
    let key = NameKey(handle)
    guard let found = book.people.find(handle), NameKey(book.people[found].slug) == key
    else {
      return nil
    }
    let entry = book.people[found]
    return Place(
      owner: .contributor(found), address: .contributor(entry.slug), title: entry.title)
  }

  private func topicPlace(_ found: Index<TopicEntry>) -> Place {
    let entry = book.topics[found]
    return Place(owner: .topic(found), address: .topic(entry.slug), title: entry.title)
  }

  // MARK: Targets

  private mutating func target(
    _ place: Place, fragment: String, _ slot: Slot
  ) -> LinkedBody.Target {
    let fragment = fragment.isEmpty ? place.address.fragment : fragment
    guard !fragment.isEmpty else { return lead(to: place, fragment: "", title: place.title, slot) }
    if fragment.hasPrefix("^") {
      report(
        .missingHeading, slot,
        "“\(fragment)” is the name of a block, and links to blocks are not supported",
        "name a heading, as in [[note#heading]]; the link leads to the page instead")
      lacksFragment = true
      return lead(to: place, fragment: "", title: place.title, slot)
    }
    switch book.index.anchor(fragment, at: place.owner) {
    case .found(let anchor, let heading):
      let title = heading.map { place.title.isEmpty ? $0 : "\(place.title) › \($0)" } ?? place.title
      return lead(to: place, fragment: anchor, title: title, slot)
    case .missingHeading where book.index.anchors(of: place.owner).isUnread: break
    case .missingHeading:
      report(
        .missingHeading, slot, "“\(place.address.path)” has no heading “\(fragment)”",
        "the link leads to the page instead",
        asking: Finding.Question(fragment, among: .headings(of: place.owner), sign: "#"))
    case .missingResponse where book.index.isUnread(fragment, at: place.owner): break
    case .missingResponse:
      report(
        .missingResponse, slot, "“\(place.address.path)” has no “\(fragment)”",
        "the link leads to the page instead")
    }
    lacksFragment = true
    return lead(to: place, fragment: "", title: place.title, slot)
  }

  private mutating func lead(
    to place: Place, fragment: String, title: String, _ slot: Slot
  ) -> LinkedBody.Target {
    if place.owner != origin.owner {
      edges.append(Edge(target: place.owner, sentence: slot.context))
    }
    return .site(SiteAddress(place.address.path, fragment: fragment), title: title)
  }

  // MARK: Diagnostics

  private mutating func reportUnresolved(
    _ name: String, _ slot: Slot, among known: Suggestions.Known, _ otherwise: String
  ) {
    guard !book.index.unread.has(name: name),
      book.index.unread.isEmpty || !book.index.unread.has(name: Slug.make(from: name))
    else { return }
    report(
      .unresolvedLink, slot, "nothing is called “\(name)”", otherwise,
      asking: Finding.Question(name, among: known))
  }

  /// - Parameter suggestion: the suggestion if no similar name is found.
  mutating func report(
    _ code: DiagnosticCode, _ slot: Slot, _ message: String, _ suggestion: String,
    asking question: Finding.Question? = nil
  ) {
    let place = SourceLocation(file: origin.file, line: slot.line, column: slot.column)
    findings.append(
      Finding(Diagnostic(code, at: place, message, suggestion: suggestion), asking: question))
  }

  /// A URL, shortened for one line of a diagnostic.
  static func shown(_ address: String) -> String {
    let short = address.unicodeScalars.prefix(120)
    return String(short) + (short.count < address.unicodeScalars.count ? "…" : "")
  }

  /// Splits a URL, and decodes path and fragment.
  static func split(
    _ address: String
  ) -> (path: String, query: String, fragment: String) {
    let parts = address.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let path = parts[0].prefix { $0 != "?" }
    let query = parts[0][path.endIndex...]
    return (
      PercentEncoding.decode(String(path)) ?? String(path), query.count > 1 ? String(query) : "",
      parts.count > 1 ? PercentEncoding.decode(String(parts[1])) ?? "" : ""
    )
  }

  private static func splitWikilink(_ text: String) -> (name: String, fragment: String) {
    let parts = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    // In nested headings, `note#part#chapter`, the last one counts.
    let fragment = parts.count > 1 ? parts[1].split(separator: "#").last ?? "" : ""
    return (String(parts[0]), String(fragment))
  }
}
