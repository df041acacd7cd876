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
  /// Guests' responses that this person wrote, as `post#response-id`.
  package var claims: [Located<String>] = []
  /// This person's accounts on forges: replies from them are published as this person's.
  package var accounts: [Located<Account>] = []
  package var extras: [Extra] = []

  /// An account on a forge.
  package struct Account: Sendable, Hashable {
    package let forge: Settings.Forge.Kind
    /// In lower case: account names on forges are case-insensitive.
    package let name: String

    package init(forge: Settings.Forge.Kind, name: String) {
      self.forge = forge
      self.name = name.lowercased()
    }

    /// Reads `forge:name`.
    package init?(_ text: String) {
      let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, let forge = Settings.Forge.Kind(rawValue: String(parts[0])),
        !parts[1].isEmpty,
        parts[1].utf8.allSatisfy({ ASCII.isLetterOrDigit($0) || "-._".utf8.contains($0) })
      else { return nil }
      self.init(forge: forge, name: String(parts[1]))
    }
  }

  /// A response that a contributor claims.
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
