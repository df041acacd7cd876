/// What became of one item of the source.
package struct ReportEntry: Sendable, Equatable {
  package enum Outcome: Sendable, Equatable {
    /// A file of its own holds it.
    case imported(path: String)
    /// Something else holds it, such as the topics of the posts that it was a category of.
    case merged(into: String)
    case leftOut(reason: String)
  }

  /// What was done to the file.
  package enum FileState: String, Sendable, CaseIterable {
    case written
    /// The source has changed since the last import, and nobody has touched the file.
    case updated
    case unchanged
    /// A person has changed it since it was imported: it stays as it is.
    case edited = "kept as edited"
    /// A person has taken it away since it was imported: it stays away.
    case removed = "kept away"
  }

  /// `post`, `page`, `comment`, `topic`, …; empty for what is no item of the source.
  package let noun: String
  /// Where it is in the source.
  package let source: String
  package var outcome: Outcome
  package var file: FileState?
  package var notes: [String]

  init(
    noun: String, source: String, outcome: Outcome, file: FileState? = nil, notes: [String] = []
  ) {
    self.noun = noun
    self.source = source
    self.outcome = outcome
    self.file = file
    self.notes = notes
  }
}
