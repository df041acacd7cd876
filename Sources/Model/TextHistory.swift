/// A document's history in git.
package struct TextHistory: Sendable, Hashable {
  /// The author date of the first commit.
  package let created: Timestamp
  /// When it was last changed; nil when it never was.
  package let lastChanged: Timestamp?
  /// The names of its co-authors and of those who changed it, as in the commits.
  package let people: [String]
  /// The commits that changed the document or its visibility, the newest first.
  ///
  /// After Select, only changes of words between two versions that the build's readers could see.
  package let changes: [TextRevision]
  /// The time since which its audience is as wide as now; nil if the audience never changed, or if nobody agreed to it.
  package let shared: Timestamp?

  package init(
    created: Timestamp, lastChanged: Timestamp?, people: [String], changes: [TextRevision] = [],
    shared: Timestamp? = nil
  ) {
    self.created = created
    self.lastChanged = lastChanged
    self.people = people
    self.changes = changes
    self.shared = shared
  }

  package func with(changes: [TextRevision]) -> TextHistory {
    TextHistory(
      created: created, lastChanged: lastChanged, people: people, changes: changes, shared: shared)
  }
}

/// The change of one commit to a document.
package struct TextRevision: Sendable, Hashable {
  /// The audience of a document before and after a change, according to its own front matter.
  package struct Reach: Sendable, Hashable {
    /// Whether one of the two versions was hidden from every audience, or its audience is uncertain.
    package var isHidden = false
    /// The narrowest audience that either version named.
    package var audience: Audience?
    /// Whether a version named no audience.
    package var isSilent = false

    package init() {}
  }

  /// The index of the commit in the log: earlier commits have greater numbers.
  package let order: Int
  package let date: Timestamp
  package let people: [String]
  /// The reason in the commit; empty when it gives none.
  package let reason: String
  package let reach: Reach
  /// Empty when no words changed.
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

/// Which changes of documents are shown (`changes`).
package enum ShownChanges: Sendable, Hashable {
  case all
  case none
  /// Changes in the months before the newest shown item.
  case months(Int)
}
