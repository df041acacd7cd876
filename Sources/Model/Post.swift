/// A post's front matter (format reference: posts).
package struct Post: Sendable, Hashable {
  /// Each topic and each author has a page and a feed that show the post: with more of them, one post would be a site of its own.
  package static let maximumTopics = 128
  package static let maximumAuthors = 64

  package enum Kind: String, Sendable, CaseIterable {
    case article
    case question
    case practice
  }

  /// The name of the file or of the bundle's folder, which is the post's identity.
  package let slug: String
  /// The file, relative to the folder of stoa.yml.
  package let file: String
  /// Nil when the body's first heading is the title.
  package var title: Located<String>?
  package var authors: [Located<String>] = []
  package var date: Timestamp?
  package var updated: Timestamp?
  package var topics: [Located<String>] = []
  package var audience: Located<Audience>?
  package var summary: String?
  package var kind = Kind.article
  /// The id of the response that answers a question.
  package var answer: Located<String>?
  /// Slugs, or `slug#response-<id>`, of what a practice was learned from.
  package var distilledFrom: [Located<String>] = []
  /// When somebody last found that it still holds.
  package var reviewed: Timestamp?
  /// The day by which somebody is to look at it again.
  package var reviewBy: Timestamp?
  /// Whether that day has passed: only Select knows what day it is.
  package var isOverdue = false
  /// The slug of the post that took its place.
  package var supersededBy: Located<String>?
  /// The post, as a slug, or the response, as `slug#response-<id>`, in which it began.
  package var beganIn: Located<String>?
  /// The slug of the post that says the same in the language in which it was written first.
  package var translationOf: Located<String>?
  package var source: Citation?
  package var aliases: [Located<String>] = []
  package var anchors: [FormerAnchor] = []
  package var isDraft = false
  package var language: String?
  /// Nil: as the settings say.
  package var changes: ShownChanges?
  package var isPinned = false
  package var isUnlisted = false
  package var acceptsResponses = true
  /// When the conversation was closed, where somebody wrote that down.
  package var closedOn: Timestamp?
  /// Where it is written that the conversation is closed.
  package var closedLocation: SourceLocation?
  package var image: Located<String>?
  /// What stands for it in feeds' ids, or the whole id; nil where that follows from its names.
  package var feedID: Located<String>?
  /// Why text and authors were taken away: what stays is a tombstone, for what was answered.
  package var removed: String?
  package var extras: [Extra] = []

  package init(slug: String, file: String) {
    self.slug = slug
    self.file = file
  }
}

/// Where a thought came from.
package struct Citation: Sendable, Hashable {
  package let url: String
  /// Empty when only an address was given.
  package let title: String

  package init(url: String, title: String) {
    self.url = url
    self.title = title
  }
}

/// A key of front matter that begins with `x-`: free for themes.
package struct Extra: Sendable, Hashable {
  package enum Value: Sendable, Hashable {
    case text(String)
    case list([String])
  }

  /// The key without its `x-`.
  package let key: String
  package let value: Value

  package init(key: String, value: Value) {
    self.key = key
    self.value = value
  }
}
