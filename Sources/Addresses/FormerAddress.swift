import StoaModel

/// A path at which something was once published, as people write it or as browsers copy it.
package enum FormerAddress {
  /// Reads a path below the site's root: with or without slashes at its ends, encoded or not, perhaps with the site's own host.
  ///
  /// - Parameter siteURL: the site's URL without a slash at its end; empty when it has none.
  /// - Returns: Nil for what cannot be the path of a page or file of the site.
  package static func read(_ text: String, siteURL: String) -> SiteAddress? {
    var written = text
    if !siteURL.isEmpty, written.utf8.starts(with: siteURL.utf8) {
      let rest = String(decoding: written.utf8.dropFirst(siteURL.utf8.count), as: UTF8.self)
      if rest.isEmpty || rest.hasPrefix("/") { written = rest }
    }
    guard let decoded = PercentEncoding.decode(written), !decoded.isEmpty else { return nil }
    let path = decoded.hasPrefix("/") ? decoded : "/\(decoded)"
    let parts = path.pathParts(keepingEmpty: true)
    // Browsers do not send fragments to servers.
    let isSound = parts.dropFirst().allSatisfy {
      AssetName.problem(in: String($0)) == nil && !$0.contains("#") || $0.isEmpty
    }
    // Names that begin with a dot belong to git, to Stoa or to the host.
    guard isSound, path != "/", !path.contains("//"), !path.hasPrefix("/.") else { return nil }
    let last = path.pathParts().last ?? ""
    return SiteAddress(path.hasSuffix("/") || last.contains(".") ? path : path + "/")
  }
}
