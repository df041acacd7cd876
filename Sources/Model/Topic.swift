/// The front matter of a topic's file (format reference: topics).
package struct Topic: Sendable, Hashable {
  package let slug: String
  package let file: String
  /// Nil when the most frequent spelling in posts is the title.
  package var title: Located<String>?
  package var parent: Located<String>?
  package var aliases: [Located<String>] = []
  /// Slugs of posts: a path to read in.
  package var order: [Located<String>] = []
  package var audience: Located<Audience>?
  package var extras: [Extra] = []

  package init(slug: String, file: String) {
    self.slug = slug
    self.file = file
  }
}
