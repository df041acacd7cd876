/// An address that was published and is to lead nowhere any more: an entry of `gone` in stoa.yml.
package struct GoneAddress: Sendable, Hashable {
  package enum Place: Sendable, Hashable {
    /// A path below the site's root, decoded, perhaps with a `#` and a fragment.
    case path(String)
    /// The SHA-256 of one, in hexadecimal digits: what was erased must not be named.
    case digest(String)
  }

  package let place: Place
  package let reason: String
  package let location: SourceLocation

  package init(_ place: Place, reason: String, location: SourceLocation) {
    self.place = place
    self.reason = reason
    self.location = location
  }

  /// What stands before the digits of a digest.
  package static let digestPrefix = "sha256:"

  /// The digest of an address: of its path below the site's root, decoded, in UTF-8.
  package static func digest(of path: String) -> String {
    SHA256.hexadecimal(of: Array(path.utf8))
  }
}
