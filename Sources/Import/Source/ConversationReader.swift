/// Reads one tool's data conversation by conversation, so that the largest one bounds memory.
protocol ConversationReader {
  /// The name of the source in keys, such as `wordpress:example.org`.
  var site: SourceSite { get }

  /// People with accounts, known from the start.
  var people: [SourcePerson] { get }

  /// Values of private fields anywhere in the source, if they are known from the start.
  var privateValues: [String] { get }

  /// The number of items of each kind, counted independently of their conversion.
  ///
  /// Complete when `next` has returned nil.
  var counts: SourceCounts { get }

  /// Sentences on what was done to the source as a whole, complete when `next` has returned nil.
  var notes: [String] { get }

  /// A reader of the same source that starts again with the first conversation; call this before `next`.
  func again() throws -> Self

  /// The next conversation; nil after the last.
  mutating func next() throws -> SourceConversation?

  /// The items that belong to no conversation: topics, and items that were left out. Call it after the last conversation.
  mutating func rest() throws -> SourceRest
}

extension ConversationReader {
  var notes: [String] { [] }

  /// A copy, which shares what was learned about the source, and nothing else.
  func again() throws -> Self { self }
}

/// The properties of a source as a whole.
struct SourceSite: Sendable {
  /// Distinguishes sources of one kind that are imported into one community.
  var name: String
  var title = ""
  var description = ""
  var language = ""
  var url = ""
  /// The present and former URLs of the old site: links to pages below them are links between its own pages.
  var addresses: [String] = []
}

/// The source's own counts by noun, such as `post` or `comment`.
struct SourceCounts: Sendable, Equatable {
  private(set) var byNoun: [String: Int] = [:]

  mutating func add(_ noun: String, _ count: Int = 1) { byNoun[noun, default: 0] += count }
}

/// The contents of a source besides conversations.
struct SourceRest: Sendable {
  var topics: [SourceTopic] = []
  /// Items that belong to no conversation, already with their outcome.
  var entries: [ImportReport.Entry] = []
}
