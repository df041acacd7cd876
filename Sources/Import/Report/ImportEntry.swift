extension ImportReport {
  /// The result for one item of the source.
  public struct Entry: Sendable, Equatable {
    /// Whether and where the community has the item now.
    public enum Outcome: Sendable, Equatable {
      /// A file of its own holds it.
      case imported(path: String)
      /// Something else holds it, such as the topics of the posts that it was a category of.
      case merged(into: String)
      /// The community does not have it.
      case leftOut(reason: String)
    }

    /// The change to the file of an item.
    public enum FileState: String, Sendable, CaseIterable {
      /// The file is new.
      case written
      /// The source has changed since the last import, and the file is unedited.
      case updated
      /// The file has these bytes already.
      case unchanged
      /// A person has edited the file since it was imported, so it stays as it is.
      case edited = "kept as edited"
      /// A person has removed the file since it was imported, so it is not written again.
      case removed = "kept away"
    }

    /// The kind of item, such as `post`, `page`, `comment` or `topic`; empty for what is no item of the source.
    public let noun: String
    /// The place of the item in the source.
    public let source: String
    /// Whether and where the community has the item now.
    public package(set) var outcome: Outcome
    /// The change to the file of the item; nil when it has none of its own.
    public package(set) var file: FileState?
    /// Sentences about what a person should look at.
    public package(set) var notes: [String]

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
}
