import StoaModel

/// An address that readers keep, so that it must lead somewhere for ever: the home page, a page of an item, or a feed.
///
/// Other lists and their further pages, the archive, and files of other kinds may disappear: what they show depends on the rest of the
/// site.
package enum KeptAddress: Sendable {
  case page
  case feed

  /// Nil for an address that may disappear.
  package init?(_ path: String) {
    guard SiteAddress(path).isPage else {
      guard PageKind.feedNames.contains(where: { path.hasSuffix("/\($0)") }) else { return nil }
      self = .feed
      return
    }
    guard path == SiteAddress.home.path || !Self.isList(path) else { return nil }
    self = .page
  }

  private static let lists = Set(
    SiteAddress.generated().map(\.path).filter { SiteAddress($0).isPage })

  /// Whether a page is a list: such pages, and their number, depend on what they list.
  package static func isList(_ path: String) -> Bool {
    var parts = path.pathParts()
    if lists.contains(path) { return true }
    let isFurther =
      parts.count > 2 && parts[parts.count - 2] == "page" && isNumber(parts[parts.count - 1])
    if isFurther {
      parts.removeLast(2)
      let list = "/" + parts.joined(separator: "/") + "/"
      if lists.contains(list) || isTopicOrPerson(list) { return true }
    }
    guard parts.first == "archive", (2...3).contains(parts.count) else { return false }
    return parts[1].utf8.count == 4 && parts.dropFirst().allSatisfy(isNumber)
  }

  private static func isNumber(_ part: Substring) -> Bool {
    !part.isEmpty && part.utf8.allSatisfy(ASCII.isDigit)
  }

  /// Whether it is the page of a topic or of a contributor.
  package static func isTopicOrPerson(_ path: String) -> Bool {
    let parts = path.pathParts()
    return parts.count == 2 && (parts[0] == "topics" || parts[0] == "contributors")
  }
}
