package import StoaModel

/// The pattern of posts' addresses, such as `/posts/:slug/` or `/:year/:month/:slug/`.
package enum Permalinks {
  private static let placeholders = [":slug", ":year", ":month", ":day"]

  /// The error in a pattern, or nil: it must begin and end with `/` and have `:slug` once; its other parts are plain.
  package static func problem(in pattern: String) -> String? {
    guard pattern.hasPrefix("/"), pattern.hasSuffix("/"), pattern.utf8.count > 1 else {
      return "“\(pattern)” does not begin and end with a slash"
    }
    var slugs = 0
    for part in pattern.dropFirst().dropLast().split(
      separator: "/", omittingEmptySubsequences: false)
    {
      if part == ":slug" {
        slugs += 1
      } else if part.hasPrefix(":") {
        guard placeholders.contains(String(part)) else { return "“\(part)” is not a placeholder" }
      } else if Slug.problem(in: String(part)) != nil {
        return "“\(part)” cannot be part of an address"
      }
    }
    return slugs == 1 ? nil : "“\(pattern)” must have :slug once"
  }

  /// The slug in the path of a post's page; nil where the path does not follow the pattern.
  package static func slug(in path: String, pattern: String) -> String? {
    let wanted = pattern.pathParts()
    let parts = path.pathParts()
    guard path.utf8.last == UInt8(ascii: "/"), wanted.count == parts.count else { return nil }
    var slug: String?
    for (want, part) in zip(wanted, parts) {
      switch want {
      case ":slug":
        guard Slug.problem(in: String(part)) == nil else { return nil }
        slug = String(part)
      case ":year", ":month", ":day":
        guard part.utf8.count == (want == ":year" ? 4 : 2), part.utf8.allSatisfy(ASCII.isDigit)
        else { return nil }
      default:
        guard want.utf8.elementsEqual(part.utf8) else { return nil }
      }
    }
    return slug
  }

  /// The address of a post.
  package static func address(pattern: String, slug: String, day: CalendarDay) -> SiteAddress {
    let date = Array(day.description.utf8)
    let parts = pattern.split(separator: "/").map { part -> String in
      switch part {
      case ":slug": slug
      case ":year": String(decoding: date[..<4], as: UTF8.self)
      case ":month": String(decoding: date[5..<7], as: UTF8.self)
      case ":day": String(decoding: date[8...], as: UTF8.self)
      default: String(part)
      }
    }
    return SiteAddress("/" + parts.joined(separator: "/") + "/")
  }
}
