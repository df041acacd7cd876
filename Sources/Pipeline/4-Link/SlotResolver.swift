internal import StoaAddresses
internal import StoaHTML
internal import StoaModel
internal import StoaParse

/// A text whose slots are to be resolved.
internal struct Origin: Sendable {
  internal let owner: Place.Owner
  /// Relative to the folder of stoa.yml.
  internal let file: String
  internal let address: SiteAddress
}

/// Finds where the links, mentions and images of one text lead.
internal struct SlotResolver {
  /// A link from this text to something with a page of its own.
  internal struct Edge: Sendable {
    internal let target: Place.Owner
    internal fileprivate(set) var sentence: String
  }

  internal let book: AddressBook
  internal let origin: Origin
  /// How many more names of this text are compared with all that the site has: a text full of wrong ones must not stall a build.
  private var comparisonsLeft = 32

  internal private(set) var edges: [Edge] = []
  internal private(set) var diagnostics: [Diagnostic] = []

  internal init(_ book: AddressBook, origin: Origin) {
    self.book = book
    self.origin = origin
  }

  internal mutating func resolve(_ document: Document) -> LinkedBody {
    let targets = document.slots.map { resolve($0) }
    reportRemoteImages(document, targets)
    for index in edges.indices {
      edges[index].sentence = LinkedBody.filling(edges[index].sentence, of: document, targets)
    }
    return LinkedBody(document, targets: targets)
  }

  private mutating func resolve(_ slot: Slot) -> LinkedBody.Target {
    switch slot.content {
    case .link(let address, _): link(address, slot)
    case .wikilink(let target, _): wikilink(target, slot)
    case .mention(let handle): mention(handle, slot)
    case .image(let address, _, _, _, _): medium(address) ?? image(address, slot)
    case .embed(let file, _, _, _): embed(file, slot)
    case .code, .word, .backLink: .none
    }
  }

  // MARK: Addresses as markdown has them

  private mutating func link(_ address: String, _ slot: Slot) -> LinkedBody.Target {
    switch AddressPolicy.judge(address) {
    case .external, .mail:
      return AddressPolicy.normalized(address).map { .external($0) } ?? .unresolved
    case .refused:
      report(
        .unsafeAddress, slot, "the address “\(Self.shown(address))” is not one that Stoa writes",
        "use http, https, mailto or a relative address")
      return .unresolved
    case .fragment:
      let fragment = PercentEncoding.decode(String(address.drop { $0 == "#" })) ?? ""
      guard !fragment.isEmpty else { return .site(origin.address, title: "") }
      let here = Place(owner: origin.owner, address: origin.address, title: "")
      return target(here, fragment: fragment, slot)
    case .relative:
      return relative(address, slot)
    }
  }

  private mutating func relative(_ address: String, _ slot: Slot) -> LinkedBody.Target {
    let (path, fragment) = Self.split(address)
    if let place = place(atRelative: path) { return target(place, fragment: fragment, slot) }
    if let file = asset(atRelative: path) { return .site(file.address, title: "") }
    if let file = ContentPath.resolve(path, in: origin.file.pathFolder),
      let place = book.index.place(ofFileLike: file)
    {
      return target(place, fragment: fragment, slot)
    }
    let name = ContentPath.name(of: path.hasSuffix("/") ? String(path.dropLast()) : path)
    let slug = name.hasSuffix(".md") ? String(name.dropLast(3)) : name
    report(
      .unresolvedLink, slot, "nothing is at “\(Self.shown(address))”",
      nearest(to: slug, among: book.index.bySlug.keys).map { "did you mean “\($0)”?" }
        ?? "this build shows no file and no page there; drafts and what is not yet due are left out"
    )
    return .unresolved
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

  internal func asset(atRelative path: String) -> SiteFile? {
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
  internal mutating func image(_ address: Located<String>) -> LinkedBody.Target {
    let place = address.location
    let content = Slot.Content.image(
      address: address.value, alternative: "", title: "", width: nil, height: nil)
    return image(address.value, Slot(content, line: place.line, column: place.column))
  }

  /// An image beside the text, or below the site's root.
  private mutating func image(_ address: String, _ slot: Slot) -> LinkedBody.Target {
    switch AddressPolicy.judge(address) {
    case .relative:
      if let file = asset(atRelative: Self.split(address).path) {
        return show(file, as: address, slot)
      }
    case .external:
      // Nothing is loaded from elsewhere: Render makes a link of it.
      return AddressPolicy.normalized(address).map { .external($0) } ?? .unresolved
    case .mail, .fragment, .refused: break
    }
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
      report(
        .unresolvedMention, slot, "nobody is called “\(handle)”",
        nearest(to: handle, among: book.people.entries.lazy.map(\.slug)).map {
          "did you mean “@\($0)”?"
        } ?? "write a handle: the name of a file in content/contributors, or an author's")
      return .unresolved
    }
    if text.hasPrefix("topic:") {
      let name = String(text.dropFirst("topic:".utf8.count))
      if let found = book.topics.find(name) {
        let place = topicPlace(found)
        return lead(to: place, fragment: "", title: place.title, slot)
      }
      reportUnresolved(
        name, slot, among: book.topics.entries.lazy.flatMap { [$0.slug, $0.title] },
        "write a topic that a post has, or a file for it in content/topics")
      return .unresolved
    }
    let (name, fragment) = Self.splitWikilink(text)
    if name.isEmpty {
      return target(
        Place(owner: origin.owner, address: origin.address, title: ""), fragment: fragment, slot)
    }
    if let place = book.index.bySlug[name] ?? alias(name) {
      return target(place, fragment: fragment, slot)
    }
    // A title may have a number sign of its own.
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
    let known = book.index.bySlug.lazy.flatMap { [$0.key, $0.value.title] }
    reportUnresolved(
      name, slot, among: known,
      "write the slug or title of a post or page, topic:name, or @handle")
    return .unresolved
  }

  private func alias(_ name: String) -> Place? {
    book.index.byAlias[name.hasPrefix("/") ? name : "/\(name)/"]
      ?? book.index.byAlias["/posts/\(name)/"]
  }

  private mutating func mention(_ handle: String, _ slot: Slot) -> LinkedBody.Target {
    guard let place = person(handle) else { return .unresolved }
    return lead(to: place, fragment: "", title: place.title, slot)
  }

  private func person(_ handle: String) -> Place? {
    let key = NameKey(handle)
    guard let found = book.people.find(handle), NameKey(book.people.entries[found].slug) == key
    else {
      return nil
    }
    let entry = book.people.entries[found]
    return Place(
      owner: .contributor(found), address: .contributor(entry.slug), title: entry.title)
  }

  private func topicPlace(_ found: Int) -> Place {
    let entry = book.topics.entries[found]
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
        .missingHeading, slot, "“\(fragment)” names a block, and no link leads to one",
        "name a heading, as in [[note#heading]]; the link leads to the page instead")
      return lead(to: place, fragment: "", title: place.title, slot)
    }
    switch book.index.anchor(fragment, at: place.owner) {
    case .found(let anchor, let heading):
      let title = heading.map { place.title.isEmpty ? $0 : "\(place.title) › \($0)" } ?? place.title
      return lead(to: place, fragment: anchor, title: title, slot)
    case .missingHeading:
      report(
        .missingHeading, slot, "“\(place.address.path)” has no heading “\(fragment)”",
        nearest(to: fragment, among: book.index.anchors(of: place.owner).headings.keys)
          .map { "did you mean “#\($0)”?" } ?? "the link leads to the page instead")
    case .missingResponse:
      report(
        .missingResponse, slot, "“\(place.address.path)” has no “\(fragment)”",
        "the link leads to the page instead")
    }
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
    _ name: String, _ slot: Slot, among known: some Sequence<String>,
    _ otherwise: String
  ) {
    report(
      .unresolvedLink, slot, "nothing is called “\(name)”",
      nearest(to: name, among: known).map { "did you mean “\($0)”?" } ?? otherwise)
  }

  private mutating func nearest(
    to name: String, among known: some Sequence<String>
  ) -> String? {
    guard comparisonsLeft > 0 else { return nil }
    comparisonsLeft -= 1
    return Nearest.match(for: name, among: known)
  }

  internal mutating func report(
    _ code: DiagnosticCode, _ slot: Slot, _ message: String, _ suggestion: String
  ) {
    diagnostics.append(
      Diagnostic(
        code, at: SourceLocation(file: origin.file, line: slot.line, column: slot.column), message,
        suggestion: suggestion))
  }

  /// An address short enough for a line of a diagnostic.
  internal static func shown(_ address: String) -> String {
    let short = address.unicodeScalars.prefix(120)
    return String(short) + (short.count < address.unicodeScalars.count ? "…" : "")
  }

  /// Cuts off query and fragment, and decodes both parts.
  internal static func split(_ address: String) -> (path: String, fragment: String) {
    let parts = address.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let path = parts[0].prefix { $0 != "?" }
    return (
      PercentEncoding.decode(String(path)) ?? String(path),
      parts.count > 1 ? PercentEncoding.decode(String(parts[1])) ?? "" : ""
    )
  }

  private static func splitWikilink(_ text: String) -> (name: String, fragment: String) {
    let parts = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    // Of headings within headings, `note#part#chapter`, the last is meant.
    let fragment = parts.count > 1 ? parts[1].split(separator: "#").last ?? "" : ""
    return (String(parts[0]), String(fragment))
  }
}
