extension ImportReport {
  /// The result for one item of the source.
  public struct Entry: Sendable, Equatable {
    /// Whether the community has the item now, and where.
    public enum Outcome: Sendable, Equatable {
      /// The item has a file of its own.
      case imported(path: String)
      /// Another file includes it, such as the topics of the posts in a category.
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

    /// The kind of item, such as `post`, `page`, `comment` or `topic`; empty for anything that is no item of the source.
    public let noun: String
    /// The place of the item in the source.
    public let source: String
    /// Whether the community has the item now, and where.
    public package(set) var outcome: Outcome
    /// The change to the item's file; nil when it has no file of its own.
    public package(set) var file: FileState?
    /// Sentences about what a person should check.
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
