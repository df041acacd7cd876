/// What git's history tells of a text.
package struct TextHistory: Sendable, Hashable {
  /// When the author of the first commit wrote it.
  package let created: Timestamp
  /// When it was last changed; nil when nobody has changed it since.
  package let lastChanged: Timestamp?
  /// The names of those who changed it or wrote it together with its author, as commits have them.
  package let people: [String]

  package init(created: Timestamp, lastChanged: Timestamp?, people: [String]) {
    self.created = created
    self.lastChanged = lastChanged
    self.people = people
  }
}
