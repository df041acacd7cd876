/// The front matter of a contributor's file (format reference: contributors).
package struct Contributor: Sendable, Hashable {
  package let handle: String
  package let file: String
  /// Nil when the handle is the name.
  package var name: Located<String>?
  package var url: String?
  package var image: Located<String>?
  package var aliases: [Located<String>] = []
  /// Whether lists of people show this person.
  package var isListed = true
  package var audience: Located<Audience>?
  /// Guests' responses that are this person's, as `post#response-id`.
  package var claims: [Located<String>] = []
  package var extras: [Extra] = []

  /// A response that is claimed.
  package struct Claim: Sendable, Hashable {
    package let post: String
    package let id: String

    package init(post: String, id: String) {
      self.post = post
      self.id = id
    }

    /// Reads `post#response-id` or `post#id`.
    package init?(_ text: String) {
      guard let sign = text.utf8.firstIndex(of: UInt8(ascii: "#")) else { return nil }
      let fragment = text[text.utf8.index(after: sign)...]
      let prefix = "response-"
      post = String(text[..<sign])
      id = String(fragment.hasPrefix(prefix) ? fragment.dropFirst(prefix.utf8.count) : fragment)
      if post.isEmpty || id.isEmpty { return nil }
    }
  }

  package init(handle: String, file: String) {
    self.handle = handle
    self.file = file
  }
}
