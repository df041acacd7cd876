/// What git's history tells of a text.
package struct TextHistory: Sendable, Hashable {
  /// When the author of the first commit wrote it.
  package let created: Timestamp
  /// When it was last changed; nil when it has not changed since.
  package let lastChanged: Timestamp?
  /// The names of those who changed it or wrote it together with its author, as commits have them.
  package let people: [String]
  /// What commits did to the text and to who may see it, the newest first.
  ///
  /// Behind Select, only changes of words between two versions that those whom a build is for could see then.
  package let changes: [TextRevision]

  package init(
    created: Timestamp, lastChanged: Timestamp?, people: [String], changes: [TextRevision] = []
  ) {
    self.created = created
    self.lastChanged = lastChanged
    self.people = people
    self.changes = changes
  }

  package func with(changes: [TextRevision]) -> TextHistory {
    TextHistory(created: created, lastChanged: lastChanged, people: people, changes: changes)
  }
}

/// What one commit did to a text.
package struct TextRevision: Sendable, Hashable {
  /// Who could see a text before and after a change, as far as its own front matter said.
  package struct Reach: Sendable, Hashable {
    /// Whether one of the two versions was hidden from every audience, or its audience is uncertain.
    package var isHidden = false
    /// The narrowest audience that one of them named.
    package var audience: Audience?
    /// Whether one of them named none.
    package var isSilent = false

    package init() {}
  }

  /// The place of the commit in the log: those that came before have greater numbers.
  package let order: Int
  package let date: Timestamp
  package let people: [String]
  /// The reason that the commit gives; empty when it gives none.
  package let reason: String
  package let reach: Reach
  /// Empty when no word was changed.
  package let words: [WordPiece]

  package init(
    order: Int, date: Timestamp, people: [String], reason: String, reach: Reach, words: [WordPiece]
  ) {
    self.order = order
    self.date = date
    self.people = people
    self.reason = reason
    self.reach = reach
    self.words = words
  }
}

/// Which changes of texts are shown (`changes`).
package enum ShownChanges: Sendable, Hashable {
  case all
  case none
  /// Those of the months before the newest item that is shown.
  case months(Int)
}
