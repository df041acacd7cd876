/// A post's front matter (format reference: posts).
package struct Post: Sendable, Hashable {
  /// Each topic and each author has a page and a feed with the post, so their number has to be limited.
  package static let maximumTopics = 128
  package static let maximumAuthors = 64

  package enum Kind: String, Sendable, CaseIterable {
    case article
    case question
    case practice
  }

  /// The name of the file or of the bundle's folder, which identifies the post.
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
  /// Which of its authors agreed to that audience.
  package var agreements: [Agreement] = []
  package var summary: String?
  package var kind = Kind.article
  /// The id of the response that answers a question.
  package var answer: Located<String>?
  /// The sources of a practice: slugs, or `slug#response-<id>`.
  package var distilledFrom: [Located<String>] = []
  /// The last review that confirmed it.
  package var reviewed: Timestamp?
  /// The day by which it needs another review.
  package var reviewBy: Timestamp?
  /// Whether that day has passed; set by Select, which knows the build's date.
  package var isOverdue = false
  /// The slug of the post that replaces it.
  package var supersededBy: Located<String>?
  /// The post, as a slug, or the response, as `slug#response-<id>`, in which it began.
  package var beganIn: Located<String>?
  /// The slug of the original post, of which this one is a translation.
  package var translationOf: Located<String>?
  package var source: Citation?
  package var aliases: [Located<String>] = []
  package var anchors: [FormerAnchor] = []
  package var isDraft = false
  package var language: String?
  /// Nil: as in the settings.
  package var changes: ShownChanges?
  package var isPinned = false
  package var isUnlisted = false
  package var acceptsResponses = true
  /// When the conversation was closed, if that is known.
  package var closedOn: Timestamp?
  /// The place in the file where the conversation is closed.
  package var closedLocation: SourceLocation?
  package var image: Located<String>?
  /// Its part of the ids in feeds, or the whole id; nil if the id follows from the post's names.
  package var feedID: Located<String>?
  /// Why content and authors were removed; a tombstone remains for the responses.
  package var removed: String?
  package var extras: [Extra] = []

  package init(slug: String, file: String) {
    self.slug = slug
    self.file = file
  }

  /// Whether the post waits for a first answer from somebody else: its authors' own responses do not count.
  ///
  /// A post that another one replaces does not wait.
  ///
  /// - Parameter isAnswered: whether somebody who is not one of its authors has responded to it, or to one of its translations.
  package func awaitsFirstAnswer(isAnswered: Bool, isGuidePage: Bool) -> Bool {
    !isAnswered && acceptsResponses && removed == nil && !isGuidePage && supersededBy == nil
  }
}

/// The source of a thought.
package struct Citation: Sendable, Hashable {
  package let url: String
  /// Empty when only a URL was given.
  package let title: String

  package init(url: String, title: String) {
    self.url = url
    self.title = title
  }
}

/// A key of front matter that begins with `x-`, for use by themes.
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
