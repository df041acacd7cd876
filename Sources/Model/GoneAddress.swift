/// A published address that was removed on purpose: an entry of `gone` in stoa.yml.
package struct GoneAddress: Sendable, Hashable {
  package enum Place: Sendable, Hashable {
    /// A path below the site's root, decoded, perhaps with a `#` and a fragment.
    case path(String)
    /// The SHA-256 of such a path, in hexadecimal digits, for erased content whose path must stay secret.
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

  /// The prefix of a digest.
  package static let digestPrefix = "sha256:"

  /// The digest of a path below the site's root, decoded, in UTF-8.
  package static func digest(of path: String) -> String {
    SHA256.hexadecimal(of: Array(path.utf8))
  }
}
