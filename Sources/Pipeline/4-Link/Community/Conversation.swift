package import StoaAddresses
package import StoaModel

/// A post with its responses and connections.
///
/// In a box, because it is large and every page and feed reads many of them.
package typealias Conversation = CopyOnWrite<ConversationEntry>

package struct ConversationEntry: Sendable {
  package let post: Post
  package let title: String
  package internal(set) var body: LinkedBody
  package internal(set) var summary: String
  package let address: SiteAddress
  package let date: Timestamp
  package let audience: Audience
  package let status: ItemStatus?
  /// The slug under which it was first published, according to its aliases.
  package internal(set) var firstSlug: String
  /// Contributors, in the order written.
  package internal(set) var authors: [Index<ContributorEntry>] = []
  /// The authors who agreed to the post's audience.
  package internal(set) var agreed: [Index<ContributorEntry>] = []
  package internal(set) var topics: [Index<TopicEntry>] = []
  /// In reading order: each response is followed by its replies.
  package internal(set) var responses: [ThreadedResponse] = []
  /// Responses that were on this page before and now belong to another post.
  package internal(set) var moved: [MovedResponse] = []
  /// Pingbacks and the like, by date.
  package internal(set) var mentions: [ThreadedResponse] = []
  /// Responses, without mentions, tombstones and hidden ones.
  package internal(set) var responseCount = 0
  /// The index in `responses` of the accepted answer.
  package internal(set) var answer: Index<ThreadedResponse>?
  package internal(set) var backlinks: [Backlink] = []
  /// The documents that quote one of `responses`.
  package internal(set) var responseQuotes: [Index<ThreadedResponse>: [Backlink]] = [:]
  /// The marks of passages in the post that responses are about, in order.
  package internal(set) var passages: [PassageMark] = []
  /// The marks of passages in responses.
  package internal(set) var responsePassages: [Index<ThreadedResponse>: [PassageMark]] = [:]
  /// The anchor of the passage that a response is about, if the passage was found.
  package internal(set) var passageAnchors: [Index<ThreadedResponse>: String] = [:]
  /// Conversations about similar subjects, closest first.
  package internal(set) var related: [Index<Conversation>] = []
  /// The open gaps between this conversation and others.
  package internal(set) var unknown: [Index<Gap>] = []
  /// The people who have written about similar subjects, by name; only for an open question.
  package internal(set) var nearWriters: [NearWriter] = []
  package internal(set) var learnedFrom: [Reference] = []
  package internal(set) var became: [Reference] = []
  /// The post or response in which it began.
  package internal(set) var beganIn: Reference?
  /// The posts that began here or in one of `responses`, newest first.
  package internal(set) var continuations: [Continuation] = []
  /// The translations of the post: the original first, then by language.
  package internal(set) var translations: [Index<Conversation>] = []
  /// Whether a post that says the same in another language, listed or not, has a first answer, and the answer to the question.
  package internal(set) var hasAnsweredTranslation = false
  package internal(set) var hasSolvedTranslation = false
  /// The conversation whose post replaces this one's.
  package internal(set) var successor: Index<Conversation>?
  /// The conversations whose posts this one's replaces, newest first.
  package internal(set) var predecessors: [Index<Conversation>] = []
  /// The next older and the next newer conversation.
  package internal(set) var previous: Index<Conversation>?
  package internal(set) var next: Index<Conversation>?
  /// The places of this conversation in topics' reading orders.
  package internal(set) var paths: [PathPlace] = []
  /// All participants, in order of first appearance: contributors that lists show once, guests once for each name.
  package internal(set) var participants: [Speaker] = []
  /// The newest of `responses` that counts; of several with one date, the last in reading order.
  package internal(set) var lastWord: Index<ThreadedResponse>?
  /// The date of the newest visible item: the post's or a response's.
  package internal(set) var latestActivity: Timestamp
  package let image: LinkedBody.Target
  package internal(set) var readingMinutes: Int
  /// Nil when git does not know the post, or is not used.
  package let revisions: Revisions?

  init(
    post: Post, title: String, body: LinkedBody, summary: String, address: SiteAddress,
    date: Timestamp, audience: Audience, status: ItemStatus?, image: LinkedBody.Target,
    readingMinutes: Int,
    revisions: Revisions?
  ) {
    self.post = post
    self.title = title
    self.body = body
    self.summary = summary
    self.address = address
    self.date = date
    self.audience = audience
    self.status = status
    self.image = image
    self.readingMinutes = readingMinutes
    self.revisions = revisions
    latestActivity = date
    firstSlug = post.slug
  }
}

extension CopyOnWrite<ConversationEntry> {
  /// The page with the changes of the conversation's documents; nil when it has none.
  package var changesAddress: SiteAddress? {
    let hasChanges =
      self.revisions?.changes.isEmpty == false
      || self.responses.contains { $0.revisions?.changes.isEmpty == false }
    return hasChanges ? .changes(of: self.address) : nil
  }

  /// Whether it waits for a first response from somebody other than its authors.
  package var isWaiting: Bool {
    self.post.awaitsFirstAnswer(
      isAnswered: hasFirstAnswer || self.hasAnsweredTranslation, isGuidePage: isGuidePage)
  }

  /// Whether somebody who is not one of its authors has responded.
  var hasFirstAnswer: Bool { self.responses.contains(where: \.isFromOthers) }

  /// Whether the question has its answer, in this language or another.
  package var isSolved: Bool { self.answer != nil || self.hasSolvedTranslation }

  /// The author's own summary; empty when the summary is the beginning of the text.
  package var ownSummary: String { self.post.summary == nil ? "" : self.summary }

  /// Whether it is a page of a guide, which does not wait for a response.
  package var isGuidePage: Bool { self.paths.contains(where: \.isGuide) }
}

/// A post that began in a conversation.
package struct Continuation: Sendable, Hashable {
  /// The response in which it began; nil when it began in the post.
  package let response: Index<ThreadedResponse>?
  package let post: Index<Conversation>
}

/// The author of a post or response.
package enum Speaker: Sendable, Hashable {
  case contributor(Index<ContributorEntry>)
  /// The `url` has passed the URL rules; nil when there is none.
  case guest(name: String, url: String?)
}

/// A person who has written about a question's subject.
package struct NearWriter: Sendable {
  package let contributor: Index<ContributorEntry>
  /// The person's first document in each of the closest conversations.
  package let texts: [Reference]
}
