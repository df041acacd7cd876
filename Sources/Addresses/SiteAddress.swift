import StoaModel

/// A place on the built site: a path below the site's root, and perhaps a query and a fragment.
///
/// Path and fragment are kept decoded, in raw UTF-8; `encoded` gives what HTML, XML and headers carry.
package struct SiteAddress: Sendable, Hashable {
  /// Begins with `/`; ends with `/` when it is a page.
  package let path: String
  /// Without `#`; empty when there is none.
  package let fragment: String
  /// As it is written in a URL, with its `?`; empty when there is none.
  package let query: String

  package init(_ path: String, fragment: String = "", query: String = "") {
    self.path = path
    self.fragment = fragment
    self.query = query
  }

  package func with(fragment: String) -> SiteAddress {
    SiteAddress(path, fragment: fragment, query: query)
  }

  package func with(query: String) -> SiteAddress {
    SiteAddress(path, fragment: fragment, query: query)
  }

  /// Whether a browser shows it as a page.
  package var isPage: Bool {
    path.utf8.last == UInt8(ascii: "/")
      || [".html", ".htm"].contains { path.utf8.reversed().starts(with: $0.utf8.reversed()) }
  }

  /// The file that a build writes for the path, relative to the output folder: `/a/` is `a/index.html`.
  package var outputPath: String {
    let relative = String(path.dropFirst())
    return path.hasSuffix("/") ? relative + "index.html" : relative
  }

  /// The address percent-encoded, below a base path such as `/notes` (empty when the site is at its host's root).
  package func encoded(under basePath: String = "") -> String {
    let page =
      basePath + PercentEncoding.encode(path, keeping: PercentEncoding.path)
      + PercentEncoding.complete(query, keeping: PercentEncoding.query)
    if fragment.isEmpty { return page }
    return page + "#" + PercentEncoding.encode(fragment, keeping: PercentEncoding.fragment)
  }
}

extension SiteAddress {
  package static let home = SiteAddress("/")

  package static func page(_ slug: String) -> SiteAddress { SiteAddress("/\(slug)/") }
}
