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

/// Everything that a link can lead to, by each of its names.
///
/// Only what this build shows is in here.
internal struct SiteIndex: Sendable {
  /// Posts and pages by slug.
  internal private(set) var bySlug: [String: Place] = [:]
  /// Old addresses, and slugs among them.
  internal private(set) var byAlias: [String: Place] = [:]
  internal private(set) var byTitle: [NameKey: [Place]] = [:]
  /// Files of content: what became of them, with the fragment of a response.
  internal private(set) var byFile: [String: Place] = [:]
  internal private(set) var byPath: [String: Place] = [:]
  /// Assets by where they lie in the repository, and by their path on the site.
  internal private(set) var assetsByFile: [String: SiteFile] = [:]
  internal private(set) var assetsByPath: [String: SiteFile] = [:]
  /// The headings of posts and pages.
  internal private(set) var headings: [Place.Owner: [String: String]] = [:]
  /// The anchors of responses by the post, with old ones.
  internal private(set) var responseAnchors: [Int: [String: String]] = [:]

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

  /// Adds an old address; whoever was there first keeps it.
  internal mutating func add(alias: SiteAddress, of place: Place) {
    if byAlias[alias.path] == nil { byAlias[alias.path] = place }
  }

  internal mutating func add(_ headings: [(id: String, text: String)], of owner: Place.Owner) {
    guard !headings.isEmpty else { return }
    self.headings[owner] = Dictionary(headings.map { ($0.id, $0.text) }) { first, _ in first }
  }

  internal mutating func add(
    response file: String, fragment: String, aliases: [String], in conversation: Int, _ place: Place
  ) {
    byFile[file] = Place(
      owner: place.owner, address: place.address.with(fragment: fragment), title: place.title)
    responseAnchors[conversation, default: [:]][fragment] = fragment
    for alias in aliases where responseAnchors[conversation]?[alias] == nil {
      responseAnchors[conversation]?[alias] = fragment
    }
  }

  internal mutating func add(_ file: SiteFile) {
    assetsByFile[file.asset.file] = file
    assetsByPath[file.address.path] = file
  }

  /// What stands at a path, whether or not it is written with its last slash.
  internal func place(at path: String) -> Place? {
    if let place = byPath[path] ?? byAlias[path] { return place }
    guard !path.hasSuffix("/") else { return nil }
    return byPath[path + "/"] ?? byAlias[path + "/"]
  }

  /// The addresses of all topics and contributors.
  internal var topicsAndPeople: [SiteAddress] {
    byPath.values.filter { place in
      switch place.owner {
      case .topic, .contributor: true
      case .conversation, .page, .generated: false
      }
    }.map(\.address)
  }

  /// How a fragment of a place is found.
  internal enum Anchor {
    /// With the heading's text, if it is a heading's.
    case found(fragment: String, heading: String?)
    case missingHeading
    case missingResponse
  }

  internal func anchor(_ fragment: String, at owner: Place.Owner) -> Anchor {
    if let text = headings[owner]?[fragment] { return .found(fragment: fragment, heading: text) }
    if case .conversation(let index) = owner {
      if let anchor = responseAnchors[index]?[fragment] {
        return .found(fragment: anchor, heading: nil)
      }
      if fragment.hasPrefix("response-") { return .missingResponse }
    }
    if Self.fixedAnchors.contains(fragment) { return .found(fragment: fragment, heading: nil) }
    // People write a heading as it reads.
    let key = NameKey(fragment)
    let byText = headings[owner]?.filter { NameKey($0.value) == key }
      .min { $0.key.precedes($1.key) }
    if let byText { return .found(fragment: byText.key, heading: byText.value) }
    return .missingHeading
  }
}
