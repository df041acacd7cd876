/// What reads one tool's data: conversation by conversation, so that memory is bounded by the largest one.
protocol ConversationReader {
  /// What the source is called in keys, such as `wordpress:example.org`.
  var site: SourceSite { get }

  /// People with accounts, known from the start.
  var people: [SourcePerson] { get }

  /// Values of private fields anywhere in the source, as far as they are known from the start.
  var privateValues: [String] { get }

  /// How much of everything there is, counted where the source is read and not where it is understood.
  ///
  /// Complete when `next` has returned nil.
  var counts: SourceCounts { get }

  /// Sentences on what was done to the source as a whole, complete when `next` has returned nil.
  var notes: [String] { get }

  /// The next conversation; nil after the last.
  mutating func next() throws -> SourceConversation?

  /// What belongs to no conversation: topics, and items that were left out. Asked for after the last conversation.
  mutating func rest() throws -> SourceRest
}

extension ConversationReader {
  var notes: [String] { [] }
}

/// What is known about a source as a whole.
struct SourceSite: Sendable {
  /// Distinguishes sources of one kind that are brought into one community.
  var name: String
  var title = ""
  var description = ""
  var language = ""
  var url = ""
  /// Where the old site stands or stood: links to what is below one of these addresses are links between its own pages.
  var addresses: [String] = []
}

/// The source's own counts by noun, such as `post` or `comment`.
struct SourceCounts: Sendable, Equatable {
  private(set) var byNoun: [String: Int] = [:]

  mutating func add(_ noun: String, _ count: Int = 1) { byNoun[noun, default: 0] += count }
}

/// What a source holds besides conversations.
struct SourceRest: Sendable {
  var topics: [SourceTopic] = []
  /// Items that no conversation took, already with their outcome.
  var entries: [ImportReport.Entry] = []
}
