package import StoaAddresses
package import StoaModel

/// A post with all that was said about it.
///
/// In a box, because it is large and every page and feed looks into many of them.
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
  /// The slug under which it was published first, as far as its aliases tell.
  package internal(set) var firstSlug: String
  /// Contributors, in the order written.
  package internal(set) var authors: [Index<ContributorEntry>] = []
  /// Those of them who agreed to the post's audience.
  package internal(set) var agreed: [Index<ContributorEntry>] = []
  package internal(set) var topics: [Index<TopicEntry>] = []
  /// In reading order: each response is followed by its replies.
  package internal(set) var responses: [ThreadedResponse] = []
  /// Responses that were here and are at another post now.
  package internal(set) var moved: [MovedResponse] = []
  /// Pingbacks and the like, by date.
  package internal(set) var mentions: [ThreadedResponse] = []
  /// Responses without mentions, tombstones and what is not shown.
  package internal(set) var responseCount = 0
  /// Which of `responses` answers the question.
  package internal(set) var answer: Index<ThreadedResponse>?
  package internal(set) var backlinks: [Backlink] = []
  /// What quotes one of `responses`.
  package internal(set) var responseQuotes: [Index<ThreadedResponse>: [Backlink]] = [:]
  /// What is put into the post's text where responses are about its words, in order.
  package internal(set) var passages: [PassageMark] = []
  /// The same of responses.
  package internal(set) var responsePassages: [Index<ThreadedResponse>: [PassageMark]] = [:]
  /// The anchor of the words that a response is about, where they were found.
  package internal(set) var passageAnchors: [Index<ThreadedResponse>: String] = [:]
  /// Other conversations close to this one, closest first.
  package internal(set) var related: [Index<Conversation>] = []
  /// The gaps, which nothing has joined, between this conversation and others.
  package internal(set) var unknown: [Index<Gap>] = []
  /// Of an open question: people who have written near it, by name.
  package internal(set) var nearWriters: [NearWriter] = []
  package internal(set) var learnedFrom: [Reference] = []
  package internal(set) var became: [Reference] = []
  /// Where it began.
  package internal(set) var beganIn: Reference?
  /// The posts that began here or in one of `responses`, newest first.
  package internal(set) var continuations: [Continuation] = []
  /// The posts that say the same in other languages: the original first, then by language.
  package internal(set) var translations: [Index<Conversation>] = []
  /// Whether a post that says the same in another language, listed or not, has a first answer, and the answer to the question.
  package internal(set) var hasAnsweredTranslation = false
  package internal(set) var hasSolvedTranslation = false
  /// The conversation whose post took the place of this one's.
  package internal(set) var successor: Index<Conversation>?
  /// Those whose posts this one's took the place of, newest first.
  package internal(set) var predecessors: [Index<Conversation>] = []
  /// The next older and the next newer conversation.
  package internal(set) var previous: Index<Conversation>?
  package internal(set) var next: Index<Conversation>?
  /// The places of this conversation in topics' reading orders.
  package internal(set) var paths: [PathPlace] = []
  /// Everyone who speaks here, in order of first appearance; contributors once if lists show them, guests once a name.
  package internal(set) var participants: [Speaker] = []
  /// The newest of `responses` that counts; of several with one date, the last in reading order.
  package internal(set) var lastWord: Index<ThreadedResponse>?
  /// The date of the newest visible item: the post's or a response's.
  package internal(set) var latestActivity: Timestamp
  package let image: LinkedBody.Target
  package internal(set) var readingMinutes: Int
  /// Nil when git does not know the post, or is not asked.
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
  /// The page of the changes of the conversation's texts; nil when there are none to show.
  package var changesAddress: SiteAddress? {
    let hasChanges =
      self.revisions?.changes.isEmpty == false
      || self.responses.contains { $0.revisions?.changes.isEmpty == false }
    return hasChanges ? .changes(of: self.address) : nil
  }

  /// Whether it waits for a first answer from somebody who is not one of its authors.
  package var isWaiting: Bool {
    self.post.awaitsFirstAnswer(
      isAnswered: hasFirstAnswer || self.hasAnsweredTranslation, isGuidePage: isGuidePage)
  }

  /// Whether somebody who is not one of its authors has responded.
  var hasFirstAnswer: Bool { self.responses.contains(where: \.isFromOthers) }

  /// Whether the question has its answer, in this language or another.
  package var isSolved: Bool { self.answer != nil || self.hasSolvedTranslation }

  /// The summary that its author wrote; empty when it is the beginning of the text.
  package var ownSummary: String { self.post.summary == nil ? "" : self.summary }

  /// Whether it is a page of a guide, which needs no answer.
  package var isGuidePage: Bool { self.paths.contains(where: \.isGuide) }
}

/// A post that began in a conversation.
package struct Continuation: Sendable, Hashable {
  /// The response in which it began; nil when it began in the post.
  package let response: Index<ThreadedResponse>?
  package let post: Index<Conversation>
}

/// Who speaks.
package enum Speaker: Sendable, Hashable {
  case contributor(Index<ContributorEntry>)
  /// `url` has passed the address rules; nil when there is none.
  case guest(name: String, url: String?)
}

/// Somebody who has written near a question.
package struct NearWriter: Sendable {
  package let contributor: Index<ContributorEntry>
  /// What they wrote first in each of the closest conversations.
  package let texts: [Reference]
}
