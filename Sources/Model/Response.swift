/// A response's front matter (format reference: responses).
package struct Response: Sendable, Hashable {
  package enum Kind: String, Sendable, CaseIterable {
    case response
    /// A pingback or similar: listed and counted separately.
    case mention
  }

  /// The author's own statement of how a response relates to what it answers.
  package enum Stance: String, Sendable, CaseIterable {
    case buildsOn = "builds-on"
    case differs
    case experience
    case asks
  }

  /// The author.
  package enum Voice: Sendable, Hashable {
    /// A contributor, by handle or by name.
    case author(Located<String>)
    /// A guest: no page, no badge, and never merged with another of the same name.
    case guest(name: String, url: String?)
  }

  /// The slug of the post that the response's folder names.
  package let postSlug: String
  /// Unique in its post; permanent.
  package let id: String
  package let file: String
  /// Nil only if a diagnostic reports it.
  package var voice: Voice?
  package var date: Timestamp?
  /// The place of the date in the file; nil when the date comes from elsewhere.
  package var dateLocation: SourceLocation?
  /// The id of the response that this one answers; nil when it answers the post.
  package var replyTo: Located<String>?
  package var stance: Stance?
  /// The quoted words of the answered document that the response is about.
  package var about: Located<String>?
  package var audience: Located<Audience>?
  /// Whether its author agreed to its audience.
  package var agreements: [Agreement] = []
  package var kind = Kind.response
  /// Why content and author were removed; a tombstone remains.
  package var removed: String?
  /// Old anchors, such as `comment-12`.
  package var aliases: [Located<String>] = []
  /// Old anchors with the page that they were on, which may now be another post's: `/posts/hello/#response-two`.
  package var formerPlaces: [Located<String>] = []
  package var source: Citation?
  /// Its part of the ids in feeds, or the whole id; nil if the id follows from its names.
  package var feedID: Located<String>?
  /// Nil: the page's language.
  package var language: String?
  /// Nil: as in the settings.
  package var changes: ShownChanges?
  package var extras: [Extra] = []

  /// Whether counts include it: neither a mention nor a tombstone.
  package var isCounted: Bool { kind == .response && removed == nil }

  package init(postSlug: String, id: String, file: String) {
    self.postSlug = postSlug
    self.id = id
    self.file = file
  }

  /// Only the anchor, if it was copied with its `#` or its URL.
  package static func anchor(in text: String) -> String {
    guard let sign = text.utf8.lastIndex(of: UInt8(ascii: "#")) else { return text }
    let fragment = String(text[text.utf8.index(after: sign)...])
    return fragment.isEmpty ? text : PercentEncoding.decode(fragment) ?? fragment
  }
}
