import StoaHTML

/// The site's own URL, which documents may use in links to its pages.
package struct OwnAddress: Sendable {
  /// Lower-case, without the scheme's default port.
  private let authority: Substring
  /// `/notes`, or empty at the host's root.
  private let basePath: Substring

  /// - Parameter url: the settings' `url`; the result is nil if it is no web address.
  package init?(_ url: String) {
    guard let parts = Self.parts(url) else { return nil }
    authority = parts.authority
    var path = parts.rest.prefix { $0 != "?" && $0 != "#" }
    while path.utf8.last == UInt8(ascii: "/") { path.removeLast() }
    basePath = path
  }

  /// The part of a whole URL after the site's root, from its slash on: path, query and fragment as written; nil for a URL outside
  /// the site.
  package func path(in address: String) -> String? {
    guard let parts = Self.parts(address), parts.authority.utf8.elementsEqual(authority.utf8),
      parts.rest.utf8.starts(with: basePath.utf8)
    else { return nil }
    let rest = parts.rest.utf8.dropFirst(basePath.utf8.count)
    switch rest.first {
    case UInt8(ascii: "/"): return String(rest)
    case nil, UInt8(ascii: "?"), UInt8(ascii: "#"): return "/" + (String(rest) ?? "")
    default: return nil
    }
  }

  private static func parts(_ url: String) -> (authority: Substring, rest: Substring)? {
    guard AddressPolicy.judge(url) == .external, let address = AddressPolicy.normalized(url),
      let colon = address.utf8.firstIndex(of: UInt8(ascii: ":"))
    else { return nil }
    let start = address.utf8.index(colon, offsetBy: "://".utf8.count)
    let end = address.utf8[start...].firstIndex { "/?#".utf8.contains($0) } ?? address.endIndex
    var authority = address[start..<end]
    let port = address[..<colon] == "https" ? ":443" : ":80"
    if authority.utf8.reversed().starts(with: port.utf8.reversed()) {
      authority.removeLast(port.utf8.count)
    }
    return (authority, address[end...])
  }
}
