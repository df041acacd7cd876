import StoaAddresses
import StoaModel
import StoaParse

/// The item at an address of the site.
struct Place: Sendable {
  enum Owner: Sendable, Hashable {
    case conversation(Index<Conversation>)
    case page(Index<PageEntry>)
    case topic(Index<TopicEntry>)
    case contributor(Index<ContributorEntry>)
    /// A generated page, such as a list.
    case generated
  }

  let owner: Owner
  let address: SiteAddress
  let title: String
}

/// The pages and files of the site, by slug, title, file and address.
///
/// Only shown items are included.
struct SiteIndex: Sendable {
  /// Posts and pages by slug.
  private(set) var bySlug: [String: Place] = [:]
  /// Old addresses, including slugs.
  private(set) var byAlias: [String: Place] = [:]
  private(set) var byTitle: [NameKey: [Place]] = [:]
  /// The page of each file of content, except responses.
  private(set) var byFile: [String: Place] = [:]
  private(set) var byPath: [String: Place] = [:]
  /// Assets by their path in the repository, and by their path on the site.
  private(set) var assetsByFile: [String: SiteFile] = [:]
  private(set) var assetsByPath: [String: SiteFile] = [:]
  /// Items that exist but cannot be used, so that references to them are not reported.
  let unread: UnreadNames
  /// Assets by the last part of their path.
  private(set) var assetsByName: [String: [SiteFile]] = [:]
  /// The slug and file of each post and page, by its folded slug: two slugs never differ only in case.
  var owners: [String: (slug: String, file: String)] = [:]
  /// One for each conversation.
  var conversations: [Anchors] = []
  /// One for each page.
  var pages: [Anchors] = []

  /// The anchors of a page.
  struct Anchors: Sendable {
    /// The text of each heading, by its anchor.
    var headings: [String: String] = [:]
    /// The current anchors of headings, by their former anchors.
    private(set) var former: [String: String] = [:]
    /// The anchors of responses, by current and old anchors.
    var responses: [String: String] = [:]
    /// The slug of a conversation's post; empty for anything else.
    var post = ""

    static let none = Anchors()

    /// Whether its headings are unknown.
    let isUnread: Bool

    init(_ document: Document? = nil) {
      headings = Dictionary((document?.headings ?? []).map { ($0.id, $0.text) }) { first, _ in
        first
      }
      isUnread = document?.isUnread ?? false
      for heading in document?.headings ?? [] {
        for id in heading.formerIDs { former[id] = heading.id }
      }
    }
  }

  init(unread: UnreadNames) {
    self.unread = unread
  }

  /// Anchors that every conversation has.
  static let fixedAnchors: Set<String> = ["main", "responses", "reply", "mentions"]

  mutating func add(_ place: Place, file: String?, slug: String?) {
    byPath[place.address.path] = place
    if let file { byFile[file] = place }
    if let slug, bySlug[slug] == nil {
      bySlug[slug] = place
      byTitle[NameKey(place.title), default: []].append(place)
    }
  }

  mutating func reserve(posts count: Int) {
    bySlug.reserveCapacity(count)
    byTitle.reserveCapacity(count)
    byFile.reserveCapacity(count)
    byPath.reserveCapacity(byPath.count + 2 * count)
  }

  /// Adds an alias; the first item with the alias keeps it.
  mutating func add(alias: SiteAddress, of place: Place) {
    if byAlias[alias.path] == nil { byAlias[alias.path] = place }
  }

  mutating func add(_ file: SiteFile) {
    assetsByFile[file.asset.file] = file
    assetsByPath[file.address.path] = file
    assetsByName[ContentPath.name(of: file.asset.file), default: []].append(file)
  }

  /// The post or page for a name as other tools write it: with other capitalisation, with its folders, or with `.md`.
  func place(called name: String) -> Place? {
    let path = Slug.foldedKey(name.hasSuffix(".md") ? String(name.dropLast(3)) : name)
    guard let owner = owners[ContentPath.name(of: path)], let place = bySlug[owner.slug] else {
      return nil
    }
    return path.utf8.contains(UInt8(ascii: "/")) && !Self.folded(owner.file).hasSuffix("/\(path)")
      ? nil : place
  }

  /// The post or page whose file has a path, case-insensitive.
  func place(ofFileLike path: String) -> Place? {
    guard path.hasSuffix(".md") else { return nil }
    let folded = Self.folded(path)
    guard let owner = owners[ContentPath.name(of: folded)], Self.folded(owner.file) == folded else {
      return nil
    }
    return bySlug[owner.slug]
  }

  /// A path in the form in which slugs are compared: without the parts that depend on how the post is stored.
  private static func folded(_ file: String) -> String {
    var path = file.hasSuffix(".md") ? String(file.dropLast(3)) : file
    if path.hasSuffix("/index") { path = String(path.dropLast("/index".utf8.count)) }
    return Slug.foldedKey(path)
  }

  /// The page of a file of content.
  func place(ofFile file: String) -> Place? { byFile[file] ?? response(inFile: file) }

  /// A response's file determines its page: its folder has the name of the post.
  private func response(inFile file: String) -> Place? {
    let parts = file.pathParts(keepingEmpty: true)
    guard parts.count == 4, parts[0] == "content", parts[1] == "responses",
      parts[3].hasSuffix(".md"), let post = bySlug[String(parts[2])],
      case .conversation(let index) = post.owner,
      let anchor = conversations[index.position].responses[
        "response-\(parts[3].dropLast(".md".utf8.count))"]
    else { return nil }
    return Place(
      owner: post.owner, address: post.address.with(fragment: anchor), title: post.title)
  }

  /// The item at an old address, given by its name.
  func place(formerly name: String) -> Place? {
    byAlias[name.hasPrefix("/") ? name : "/\(name)/"] ?? byAlias["/posts/\(name)/"]
  }

  /// The current slug of a post, by a former one.
  func post(formerly slug: String) -> String? {
    guard let place = place(formerly: slug), case .conversation = place.owner else { return nil }
    return bySlug.first { $0.value.owner == place.owner }?.key
  }

  /// The anchors of a page.
  func anchors(of owner: Place.Owner) -> Anchors {
    switch owner {
    case .conversation(let index): conversations[index.position]
    case .page(let index): pages[index.position]
    case .topic, .contributor, .generated: .none
    }
  }

  /// The item at a path: with or without its last slash, with the name of the page's file, or in another normal form.
  func place(at path: String) -> Place? {
    if let place = byPath[path] ?? byAlias[path] { return place }
    let name = "/index.html"
    if path.hasSuffix(name) { return place(at: String(path.dropLast(name.utf8.count - 1))) }
    if !path.hasSuffix("/"), let place = byPath[path + "/"] ?? byAlias[path + "/"] { return place }
    return path.isNFC ? nil : place(at: path.normalizedNFC)
  }

  /// The pages of all topics and contributors.
  var topicsAndPeople: [(kind: PageKind, address: SiteAddress)] {
    byPath.values.compactMap { place in
      switch place.owner {
      case .topic: (.topic, place.address)
      case .contributor: (.contributor, place.address)
      case .conversation, .page, .generated: nil
      }
    }
  }

  /// The result of looking up a fragment.
  enum Anchor {
    /// With the heading's text, if it is a heading's anchor.
    case found(fragment: String, heading: String?)
    case missingHeading
    case missingResponse
  }

  /// Whether the fragment belongs to a response that exists but cannot be used.
  func isUnread(_ fragment: String, at owner: Place.Owner) -> Bool {
    guard !unread.isEmpty, case .conversation(let index) = owner, fragment.hasPrefix("response-")
    else { return false }
    let id = String(fragment.dropFirst("response-".utf8.count))
    return unread.has(response: id, to: conversations[index.position].post)
  }

  func anchor(_ fragment: String, at owner: Place.Owner) -> Anchor {
    let anchors = anchors(of: owner)
    let present = anchors.former[fragment] ?? fragment
    if let text = anchors.headings[present] { return .found(fragment: present, heading: text) }
    if case .conversation = owner {
      if let anchor = anchors.responses[fragment] { return .found(fragment: anchor, heading: nil) }
      if fragment.hasPrefix("response-") { return .missingResponse }
    }
    if Self.fixedAnchors.contains(fragment) { return .found(fragment: fragment, heading: nil) }
    // Authors may write a heading's text.
    let key = NameKey(fragment)
    let byText = anchors.headings.filter { NameKey($0.value) == key }
      .min { $0.key.precedes($1.key) }
    if let byText { return .found(fragment: byText.key, heading: byText.value) }
    // Some of its characters may be changed in the anchor.
    let id = HeadingIdentifiers.identifier(of: fragment)
    if let text = anchors.headings[id] { return .found(fragment: id, heading: text) }
    return .missingHeading
  }
}
