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
  package var extras: [Extra] = []

  package init(handle: String, file: String) {
    self.handle = handle
    self.file = file
  }
}
