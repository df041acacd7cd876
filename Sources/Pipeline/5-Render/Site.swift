import StoaAddresses

/// The location of the site: a host, and optionally a path below it.
struct Site: Sendable {
  /// `https://host`, or empty when the community has no URL yet.
  let origin: String
  /// `/notes`, or empty at the host's root.
  let basePath: String
  /// The host without its port, for `tag:` ids; empty when there is none.
  let host: String

  init(baseURL: String) {
    guard let scheme = baseURL.range(of: "://") else {
      origin = ""
      host = ""
      basePath = baseURL
      return
    }
    let rest = baseURL[scheme.upperBound...]
    let slash = rest.utf8.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
    origin = String(baseURL[..<slash])
    host = String(rest[..<slash].prefix { $0 != ":" })
    let path = rest[slash...]
    basePath = path.hasSuffix("/") ? String(path.dropLast()) : String(path)
  }

  func href(_ address: SiteAddress) -> String { address.encoded(under: basePath) }

  func absolute(_ address: SiteAddress) -> String { origin + href(address) }
}

extension String {
  fileprivate func range(of text: String) -> Range<String.Index>? {
    let wanted = Array(text.utf8)
    var start = utf8.startIndex
    while let index = utf8[start...].firstIndex(of: wanted[0]) {
      let candidate = utf8[index...].prefix(wanted.count)
      if candidate.elementsEqual(wanted) { return index..<candidate.endIndex }
      start = utf8.index(after: index)
    }
    return nil
  }
}
