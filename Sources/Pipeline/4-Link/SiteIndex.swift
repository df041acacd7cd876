internal import StoaAddresses
internal import StoaModel

/// What stands at an address of the site.
internal struct Place: Sendable {
  internal enum Owner: Sendable, Hashable {
    case conversation(Int)
    case page(Int)
    case topic(Int)
    case contributor(Int)
    /// A generated page, such as a list.
    case generated
  }

  internal let owner: Owner
  internal let address: SiteAddress
  internal let title: String
}

/// The places and files of the site, by slug, title, file and address.
///
/// Only what this build shows is in here.
internal struct SiteIndex: Sendable {
  /// Posts and pages by slug.
  internal private(set) var bySlug: [String: Place] = [:]
  /// Old addresses, and slugs among them.
  internal private(set) var byAlias: [String: Place] = [:]
  internal private(set) var byTitle: [NameKey: [Place]] = [:]
  /// Files of content but responses: what became of them.
  internal private(set) var byFile: [String: Place] = [:]
  internal private(set) var byPath: [String: Place] = [:]
  /// Assets by where they lie in the repository, and by their path on the site.
  internal private(set) var assetsByFile: [String: SiteFile] = [:]
  internal private(set) var assetsByPath: [String: SiteFile] = [:]
  /// One for each conversation.
  internal var conversations: [Anchors] = []
  /// One for each page.
  internal var pages: [Anchors] = []

  /// The places of a page that links can lead to.
  internal struct Anchors: Sendable {
    /// The text of each heading, by its anchor.
    internal var headings: [String: String] = [:]
    /// The anchors of responses, by themselves and by old ones.
    internal var responses: [String: String] = [:]

    internal static let none = Anchors()

    internal init(_ headings: [Heading] = []) {
      self.headings = Dictionary(headings.map { ($0.id, $0.text) }) { first, _ in first }
    }
  }

  /// Anchors that every conversation has.
  internal static let fixedAnchors: Set<String> = ["main", "responses", "reply", "mentions"]

  internal mutating func add(_ place: Place, file: String?, slug: String?) {
    byPath[place.address.path] = place
    if let file { byFile[file] = place }
    if let slug, bySlug[slug] == nil {
      bySlug[slug] = place
      byTitle[NameKey(place.title), default: []].append(place)
    }
  }

  internal mutating func reserve(posts count: Int) {
    bySlug.reserveCapacity(count)
    byTitle.reserveCapacity(count)
    byFile.reserveCapacity(count)
    byPath.reserveCapacity(byPath.count + 2 * count)
  }

  /// Adds an old address; whoever was there first keeps it.
  internal mutating func add(alias: SiteAddress, of place: Place) {
    if byAlias[alias.path] == nil { byAlias[alias.path] = place }
  }

  internal mutating func add(_ file: SiteFile) {
    assetsByFile[file.asset.file] = file
    assetsByPath[file.address.path] = file
  }

  /// What became of a file of content.
  internal func place(ofFile file: String) -> Place? { byFile[file] ?? response(inFile: file) }

  /// A response's file says where it is: its folder has the name of the post.
  private func response(inFile file: String) -> Place? {
    let parts = file.pathParts(keepingEmpty: true)
    guard parts.count == 4, parts[0] == "content", parts[1] == "responses",
      parts[3].hasSuffix(".md"), let post = bySlug[String(parts[2])],
      case .conversation(let index) = post.owner,
      let anchor = conversations[index].responses["response-\(parts[3].dropLast(".md".utf8.count))"]
    else { return nil }
    return Place(
      owner: post.owner, address: post.address.with(fragment: anchor), title: post.title)
  }

  /// The places on a page that links can lead to.
  internal func anchors(of owner: Place.Owner) -> Anchors {
    switch owner {
    case .conversation(let index): conversations[index]
    case .page(let index): pages[index]
    case .topic, .contributor, .generated: .none
    }
  }

  /// What stands at a path, whether or not it is written with its last slash.
  internal func place(at path: String) -> Place? {
    if let place = byPath[path] ?? byAlias[path] { return place }
    guard !path.hasSuffix("/") else { return nil }
    return byPath[path + "/"] ?? byAlias[path + "/"]
  }

  /// The pages of all topics and contributors.
  internal var topicsAndPeople: [(kind: PageKind, address: SiteAddress)] {
    byPath.values.compactMap { place in
      switch place.owner {
      case .topic: (.topic, place.address)
      case .contributor: (.contributor, place.address)
      case .conversation, .page, .generated: nil
      }
    }
  }

  /// How a fragment of a place is found.
  internal enum Anchor {
    /// With the heading's text, if it is a heading's.
    case found(fragment: String, heading: String?)
    case missingHeading
    case missingResponse
  }

  internal func anchor(_ fragment: String, at owner: Place.Owner) -> Anchor {
    let anchors = anchors(of: owner)
    if let text = anchors.headings[fragment] { return .found(fragment: fragment, heading: text) }
    if case .conversation = owner {
      if let anchor = anchors.responses[fragment] { return .found(fragment: anchor, heading: nil) }
      if fragment.hasPrefix("response-") { return .missingResponse }
    }
    if Self.fixedAnchors.contains(fragment) { return .found(fragment: fragment, heading: nil) }
    // People write a heading as it reads.
    let key = NameKey(fragment)
    let byText = anchors.headings.filter { NameKey($0.value) == key }
      .min { $0.key.precedes($1.key) }
    if let byText { return .found(fragment: byText.key, heading: byText.value) }
    return .missingHeading
  }
}
