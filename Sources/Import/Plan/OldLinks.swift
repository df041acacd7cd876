import StoaAddresses
import StoaLoad
import StoaModel

/// The new places of the old site's pages, so that links between them become links of the community.
struct OldLinks: Sendable {
  /// A post or page of the old site.
  struct Place: Sendable {
    /// Its file in the community; nil if the import left it out.
    var file: String?
    /// Every address and name that links of the source use for it.
    var addresses: [String] = []
    /// Ids of responses by their old anchors.
    var anchors: [String: String] = [:]
  }

  /// The scheme of made-up URLs, by which readers name an item of the source; the item's percent-encoded key follows.
  static let scheme = "stoa-source:"

  /// An address of the old site: its host, and the path that all its pages have in common.
  private struct Base: Hashable {
    let host: String
    let path: String
  }

  private var bases: [Base] = []
  private var places: [Place] = []
  private var byAddress: [String: Int] = [:]

  init(sites: [String]) {
    for site in sites {
      guard let address = Address(site), !address.host.isEmpty else { continue }
      let base = Base(host: address.host, path: Self.normal(address.path))
      if !bases.contains(base) { bases.append(base) }
    }
  }

  /// The URL that names an item of the source by its key.
  static func address(ofKey key: String, fragment: String = "") -> String {
    let name = scheme + PercentEncoding.encode(key, keeping: PercentEncoding.queryValue)
    guard !fragment.isEmpty else { return name }
    return "\(name)#\(PercentEncoding.encode(fragment, keeping: PercentEncoding.queryValue))"
  }

  mutating func add(_ place: Place, key: String) {
    let index = places.count
    var stored = place
    stored.addresses = []
    places.append(stored)
    byAddress[Self.scheme + key] = byAddress[Self.scheme + key] ?? index
    for text in place.addresses {
      guard let address = Address(text) else { continue }
      let key = Self.normal(address.path) + address.query
      if !key.isEmpty { byAddress[key] = byAddress[key] ?? index }
    }
  }

  /// The replacement for a link's URL.
  ///
  /// - Parameters:
  ///   - file: the file of the community that the link is written into.
  ///   - page: the old URL of the page that had the link, for relative links.
  func outcome(of text: String, in file: String, page: String) -> LinkOutcome {
    if text.hasPrefix(Self.scheme) { return outcome(ofName: text, in: file) }
    guard let address = Address(text), !address.path.isEmpty || !address.query.isEmpty else {
      return .kept
    }
    var path = address.path
    if address.host.isEmpty {
      if !path.hasPrefix("/") {
        guard let base = Address(page), base.path.hasPrefix("/"), !path.isEmpty else {
          return .kept
        }
        guard let joined = Self.joined(base.path, path) else { return .kept }
        path = joined
      }
    } else if !isOurs(address) {
      return .kept
    }
    if let place = place(at: path, query: address.query) {
      return outcome(place, fragment: address.fragment, in: file)
    }
    // A forum's URL has the number of a post after that of its topic.
    let parts = path.split(separator: "/")
    if let number = parts.last.flatMap({ Int($0) }), parts.count > 2,
      let place = place(at: "/" + parts.dropLast().joined(separator: "/"), query: ""),
      place.anchors["post_\(number)"] != nil || number == 1
    {
      return outcome(place, fragment: number == 1 ? "" : "post_\(number)", in: file)
    }
    if address.host.isEmpty { return .kept }
    let isHome = address.query.isEmpty && bases.contains { $0.path == Self.normal(path) }
    return isHome ? .address("/") : .missing
  }

  private func outcome(ofName text: String, in file: String) -> LinkOutcome {
    let parts = text.dropFirst(Self.scheme.count).split(
      separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    guard let name = parts.first, let key = PercentEncoding.decode(String(name)),
      let index = byAddress[Self.scheme + key]
    else { return .words }
    return outcome(places[index], fragment: parts.count > 1 ? String(parts[1]) : "", in: file)
  }

  private func outcome(_ place: Place, fragment: String, in file: String) -> LinkOutcome {
    guard let target = place.file else { return .words }
    var anchor = PercentEncoding.decode(fragment) ?? fragment
    if let id = place.anchors[anchor] {
      anchor = "response-\(id)"
    } else if ["comments", "respond", "disqus_thread"].contains(anchor) {
      anchor = "responses"
    } else if ["more-", "comment-", "post_"].contains(where: anchor.hasPrefix) {
      anchor = ""
    } else {
      anchor = fragment
    }
    if target == file, !anchor.isEmpty { return .address("#\(anchor)") }
    let path = Self.relativePath(from: file, to: target)
    return .address(anchor.isEmpty ? path : "\(path)#\(anchor)")
  }

  private func isOurs(_ address: Address) -> Bool {
    bases.contains { base in
      guard base.host == address.host else { return false }
      let path = Self.normal(address.path)
      return base.path.isEmpty || path == base.path || path.hasPrefix(base.path + "/")
    }
  }

  private func place(at path: String, query: String) -> Place? {
    var paths = [Self.normal(path)]
    for base in bases where !base.path.isEmpty && paths[0].hasPrefix(base.path + "/") {
      paths.append(String(paths[0].dropFirst(base.path.count)))
    }
    for path in paths {
      for key in query.isEmpty ? [path] : [path + query, path] where !key.isEmpty {
        if let index = byAddress[key] { return places[index] }
      }
    }
    return nil
  }

  /// A path without the parts that do not distinguish pages: `/rope/`, `/rope` and `/rope/index.html` are equal.
  private static func normal(_ path: String) -> String {
    var parts = path.split(separator: "/").map(String.init)
    if let last = parts.last, ["index.html", "index.htm", "index.php"].contains(last) {
      parts.removeLast()
    }
    if let last = parts.last, last.hasPrefix("comment-page-") { parts.removeLast() }
    guard let last = parts.last else { return "" }
    for ending in [".html", ".htm"] where last.hasSuffix(ending) {
      parts[parts.count - 1] = String(last.dropLast(ending.count))
    }
    let joined = "/" + parts.joined(separator: "/")
    return (PercentEncoding.decode(joined) ?? joined).normalizedNFC
  }

  /// A relative path as seen from a page; nil when it leads above the top.
  private static func joined(_ page: String, _ path: String) -> String? {
    var parts = page.split(separator: "/")
    if !page.hasSuffix("/") { parts = parts.dropLast() }
    for part in path.split(separator: "/") {
      if part == ".." {
        guard parts.popLast() != nil else { return nil }
      } else if part != "." {
        parts.append(part)
      }
    }
    return "/" + parts.joined(separator: "/") + (path.hasSuffix("/") ? "/" : "")
  }

  private static func relativePath(from file: String, to target: String) -> String {
    let from = file.split(separator: "/").dropLast()
    let to = target.split(separator: "/")
    var shared = 0
    while shared < from.count, shared < to.count - 1, from[shared] == to[shared] { shared += 1 }
    let up = [Substring](repeating: "..", count: from.count - shared)
    return (up + to[shared...]).joined(separator: "/")
  }
}

/// The parts of a URL; nil when it is no web URL.
private struct Address {
  /// In lower case, without `www.`; empty for a relative one.
  var host = ""
  var path = ""
  /// With its `?`, or empty.
  var query = ""
  var fragment = ""

  init?(_ text: String) {
    var rest = CleanText.line(text, maximumLength: 4_000)[...]
    if let hash = rest.utf8.firstIndex(of: UInt8(ascii: "#")) {
      fragment = String(rest[rest.utf8.index(after: hash)...])
      rest = rest[..<hash]
    }
    if let mark = rest.utf8.firstIndex(of: UInt8(ascii: "?")) {
      query = String(rest[mark...])
      rest = rest[..<mark]
    }
    let lower = rest.prefix(8).lowercased()
    if let scheme = ["https://", "http://", "//"].first(where: lower.hasPrefix) {
      rest = rest.dropFirst(scheme.count)
      let end = rest.utf8.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
      host = rest[..<end].lowercased()
      if host.hasPrefix("www.") { host = String(host.dropFirst(4)) }
      for port in [":80", ":443"] where host.hasSuffix(port) {
        host = String(host.dropLast(port.count))
      }
      rest = rest[end...]
      guard !host.isEmpty else { return nil }
    } else if let colon = rest.utf8.firstIndex(of: UInt8(ascii: ":")),
      !rest[..<colon].utf8.contains(UInt8(ascii: "/"))
    {
      return nil
    }
    path = String(rest)
  }
}
