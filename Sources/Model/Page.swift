/// The front matter of a page, such as a code of conduct (format reference: pages).
package struct Page: Sendable, Hashable {
  package let slug: String
  package let file: String
  /// Nil when the body's first heading is the title.
  package var title: Located<String>?
  /// The label of the page in the menu; empty: its title; nil: not in the menu.
  package var menu: String?
  package var order = 0
  package var audience: Located<Audience>?
  package var aliases: [Located<String>] = []
  package var anchors: [FormerAnchor] = []
  package var language: String?
  package var extras: [Extra] = []

  package init(slug: String, file: String) {
    self.slug = slug
    self.file = file
  }
}
