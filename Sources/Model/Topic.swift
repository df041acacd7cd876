/// Posts of a reading path below one heading, or below none.
package struct OrderGroup: Sendable, Hashable {
  package let heading: Located<String>?
  /// Slugs.
  package var posts: [Located<String>]

  package init(heading: Located<String>?, posts: [Located<String>]) {
    self.heading = heading
    self.posts = posts
  }
}

/// The front matter of a topic's file (format reference: topics).
package struct Topic: Sendable, Hashable {
  /// The maximum number of posts in a guide: each of its pages lists them all.
  package static let maximumGuide = 128

  package let slug: String
  package let file: String
  /// Nil when the most frequent spelling in posts is the title.
  package var title: Located<String>?
  package var parent: Located<String>?
  package var aliases: [Located<String>] = []
  /// The reading path: posts, some of them below a heading.
  package var order: [OrderGroup] = []
  /// Whether the posts of the path are shown as a guide.
  package var isGuide = false
  package var audience: Located<Audience>?
  package var extras: [Extra] = []

  package init(slug: String, file: String) {
    self.slug = slug
    self.file = file
  }
}
