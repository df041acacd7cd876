/// A response's front matter (format reference: responses).
package struct Response: Sendable, Hashable {
  package enum Kind: String, Sendable, CaseIterable {
    case response
    /// A pingback or the like: listed and counted apart.
    case mention
  }

  /// The author's own word for how a response stands to what it answers.
  package enum Stance: String, Sendable, CaseIterable {
    case buildsOn = "builds-on"
    case differs
    case experience
    case asks
  }

  /// Who speaks.
  package enum Voice: Sendable, Hashable {
    /// A contributor, by handle or by name.
    case author(Located<String>)
    /// Somebody else: no page, no badge, never merged with another of the same name.
    case guest(name: String, url: String?)
  }

  /// The slug of the post that the response's folder names.
  package let postSlug: String
  /// Unique in its post; never changes.
  package let id: String
  package let file: String
  /// Nil only where a diagnostic has said so.
  package var voice: Voice?
  package var date: Timestamp?
  /// Where the date is written; nil when it comes from elsewhere.
  package var dateLocation: SourceLocation?
  /// The id of the response that this one answers; nil when it answers the post.
  package var replyTo: Located<String>?
  package var stance: Stance?
  /// The words of what it answers that it is about, as they are read.
  package var about: Located<String>?
  package var audience: Located<Audience>?
  package var kind = Kind.response
  /// Why text and author were taken away: what stays is a tombstone.
  package var removed: String?
  /// Old anchors, such as `comment-12`.
  package var aliases: [Located<String>] = []
  /// Old anchors with the page that they were on, which may be another post's by now: `/posts/hello/#response-two`.
  package var formerPlaces: [Located<String>] = []
  package var source: Citation?
  /// What stands for it in feeds' ids, or the whole id; nil where that follows from its names.
  package var feedID: Located<String>?
  /// Nil when it is the page's.
  package var language: String?
  /// Nil: as the settings say.
  package var changes: ShownChanges?
  package var extras: [Extra] = []

  /// Whether counts include it: neither a mention nor a tombstone.
  package var isCounted: Bool { kind == .response && removed == nil }

  package init(postSlug: String, id: String, file: String) {
    self.postSlug = postSlug
    self.id = id
    self.file = file
  }

  /// An anchor alone, where it was copied with its `#` or its address.
  package static func anchor(in text: String) -> String {
    guard let sign = text.utf8.lastIndex(of: UInt8(ascii: "#")) else { return text }
    let fragment = String(text[text.utf8.index(after: sign)...])
    return fragment.isEmpty ? text : PercentEncoding.decode(fragment) ?? fragment
  }
}
