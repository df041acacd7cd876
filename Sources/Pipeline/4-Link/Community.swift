package import StoaAddresses
package import StoaModel
import StoaParse

/// Everything that a site says, with every connection made: the result of Link.
///
/// Conversations, topics, contributors and pages refer to each other by their place in these arrays.
package struct Community: StageResult {
  package internal(set) var facts: BuildFacts
  /// Newest first; ties by slug.
  package internal(set) var conversations: [Conversation] = []
  /// By title (folded), then slug.
  package internal(set) var topics: [TopicEntry] = []
  /// By name (folded), then handle.
  package internal(set) var contributors: [ContributorEntry] = []
  /// By `order`, then slug.
  package internal(set) var pages: [PageEntry] = []
  /// Conversations about one thing that do not know of each other, by the newer one; those that a post has joined among them.
  package internal(set) var gaps: [Gap] = []
  /// Topics that may be one, by the smaller.
  package internal(set) var topicOverlaps: [TopicOverlap] = []
  /// The digests of the months that are over and had something, newest first.
  package internal(set) var digests: [Digest] = []
  /// The hues of guests that are not those of their names.
  var guestHues: [String: Int] = [:]
  /// The masthead's menu; nil when the settings leave it to the theme.
  package internal(set) var menu: [MenuEntry]?
  package internal(set) var logo: SiteFile?
  /// Files to copy, each with its place on the site.
  package internal(set) var files: [SiteFile] = []
  /// Old addresses and where they lead now.
  package internal(set) var redirects: [Redirect] = []
  /// Old addresses that lead nowhere on purpose, in order.
  package internal(set) var gone: [GonePlace] = []
  /// All diagnostics so far, in order.
  package internal(set) var diagnostics: [Diagnostic] = []

  init(_ facts: BuildFacts) { self.facts = facts }
}

/// A body with every slot's target.
package final class LinkedBody: Sendable {
  package let document: Document
  /// One for each of the document's slots.
  package let targets: [Target]
  /// The first paragraph as readers see its words.
  package let summary: String

  init(_ document: Document, targets: [Target]) {
    self.document = document
    self.targets = targets
    summary = Self.filling(document.summary, of: document, targets).directionBalanced
  }

  /// Where a slot leads.
  package enum Target: Sendable {
    /// Nothing to resolve: code blocks and words.
    case none
    /// A place on this site; `title` is the target's own title, for a wikilink without a label.
    case site(SiteAddress, title: String)
    /// An address elsewhere that passed the address rules.
    case external(String)
    /// A file of the community, copied to `address`; with its size in pixels when it is an image that is read.
    case image(SiteAddress, width: Int?, height: Int?)
    /// A file of the community that is played.
    case medium(SiteAddress, Medium)
    /// Another text of this site, to be shown in place; `title` is what it is called.
    case quote(Quotation, title: String)
    /// Leads nowhere that this build shows: rendered as the author typed it.
    case unresolved
  }
}

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
  /// Other conversations close to this one, closest first.
  package internal(set) var related: [Index<Conversation>] = []
  /// The gaps, which nothing has joined, between this conversation and others.
  package internal(set) var unknown: [Index<Gap>] = []
  /// Of an open question: people who have written near it, by name.
  package internal(set) var nearWriters: [NearWriter] = []
  package internal(set) var learnedFrom: [Reference] = []
  package internal(set) var became: [Reference] = []
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
      isAnswered: self.responses.contains { $0.isCounted && !$0.isByPostAuthor },
      isGuidePage: isGuidePage)
  }

  /// Whether it is a page of a guide, which needs no answer.
  package var isGuidePage: Bool { self.paths.contains(where: \.isGuide) }
}

/// Who speaks.
package enum Speaker: Sendable, Hashable {
  case contributor(Index<ContributorEntry>)
  /// `url` has passed the address rules; nil when there is none.
  case guest(name: String, url: String?)
}

/// A response in its place in a thread.
package final class ThreadedResponse: Sendable {
  package let response: Response
  package let body: LinkedBody
  /// Nil for a tombstone.
  package let speaker: Speaker?
  package let date: Timestamp
  package let audience: Audience
  package let status: ItemStatus?
  /// 0 for a response to the post itself.
  package let depth: Int
  /// What it answers among the conversation's `responses`; nil for the post.
  package let parent: Index<ThreadedResponse>?
  /// From 1, for responses to the post itself; nil for others.
  package let number: Int?
  /// Whether the speaker is one of the post's authors.
  package let isByPostAuthor: Bool
  /// Whether the speaker agreed to the response's audience.
  package let isAgreed: Bool
  package let isAnswer: Bool
  /// Old anchors that nothing else on the page has.
  package let anchors: [String]
  /// How many entries of `responses` after this one are its descendants.
  package let descendants: Int
  package let revisions: Revisions?

  init(
    response: Response, body: LinkedBody, speaker: Speaker?, date: Timestamp, audience: Audience,
    status: ItemStatus?, depth: Int, parent: Index<ThreadedResponse>?, number: Int?,
    isByPostAuthor: Bool,
    isAgreed: Bool,
    isAnswer: Bool,
    anchors: [String], descendants: Int, revisions: Revisions?
  ) {
    self.response = response
    self.body = body
    self.speaker = speaker
    self.date = date
    self.audience = audience
    self.status = status
    self.depth = depth
    self.parent = parent
    self.number = number
    self.isByPostAuthor = isByPostAuthor
    self.isAgreed = isAgreed
    self.isAnswer = isAnswer
    self.anchors = anchors
    self.descendants = descendants
    self.revisions = revisions
    fragment = "response-" + response.id
  }

  /// The same response in other words.
  func withBody(_ body: LinkedBody) -> ThreadedResponse {
    ThreadedResponse(
      response: response, body: body, speaker: speaker, date: date, audience: audience,
      status: status,
      depth: depth, parent: parent, number: number, isByPostAuthor: isByPostAuthor,
      isAgreed: isAgreed, isAnswer: isAnswer, anchors: anchors, descendants: descendants,
      revisions: revisions)
  }

  /// The anchor of the response on its page.
  package let fragment: String
}

/// Where something visible speaks of something else.
package struct Reference: Sendable, Hashable {
  package let conversation: Index<Conversation>
  /// One of the conversation's `responses`; nil for the post itself.
  package let response: Index<ThreadedResponse>?

  package init(conversation: Index<Conversation>, response: Index<ThreadedResponse>?) {
    self.conversation = conversation
    self.response = response
  }
}

/// A link to this from elsewhere on the site.
package struct Backlink: Sendable {
  package enum Origin: Sendable, Hashable {
    case post(Post.Kind)
    case response
    case page
  }

  package let origin: Origin
  /// The title of the page it comes from.
  package let title: String
  package let address: SiteAddress
  /// Who wrote it, if it is not a page.
  package let speaker: Speaker?
  /// The sentence that holds the link.
  package let sentence: String
  /// Whether it shows words from here.
  package let isQuote: Bool
}

/// A place in a topic's reading order.
package struct PathPlace: Sendable {
  package let topic: Index<TopicEntry>
  package let previous: Index<Conversation>?
  package let next: Index<Conversation>?
  /// Whether the path is a guide.
  package let isGuide: Bool
}

/// Posts of a reading path below one heading.
package struct PathGroup: Sendable {
  /// Empty for posts without one.
  package let heading: String
  package internal(set) var posts: [Index<Conversation>]
}

package struct TopicEntry: Sendable {
  package let slug: String
  package let title: String
  package let address: SiteAddress
  /// Nil when nobody wrote a file for it.
  package let file: Topic?
  package internal(set) var description: LinkedBody?
  package let audience: Audience
  package internal(set) var parent: Index<TopicEntry>?
  package internal(set) var children: [Index<TopicEntry>] = []
  /// Newest first; without unlisted ones.
  package internal(set) var conversations: [Index<Conversation>] = []
  /// The responses of these that count, newest first.
  package internal(set) var responses: [Reference] = []
  /// The newest conversation of the topic and of all topics below it.
  package internal(set) var newest: Index<Conversation>?
  /// The path to read in.
  package internal(set) var order: [Index<Conversation>] = []
  /// The same by heading; a group of which nothing is shown is not there.
  package internal(set) var groups: [PathGroup] = []
  /// The conversations that lists show: of a guide, those that are not on its path.
  package internal(set) var listed: [Index<Conversation>] = []
  /// Who has written about this, latest first, with the evidence.
  package internal(set) var writers: [Writer] = []
  /// Topics that share conversations with this one, most first.
  package internal(set) var close: [CloseTopic] = []
  /// Conversations that join this topic to another.
  package internal(set) var joining: [Index<Conversation>] = []
  package internal(set) var backlinks: [Backlink] = []
}

package struct Writer: Sendable {
  package let contributor: Index<ContributorEntry>
  package let latest: Reference
}

/// Somebody who has written near a question.
package struct NearWriter: Sendable {
  package let contributor: Index<ContributorEntry>
  /// What they wrote first in each of the closest conversations.
  package let texts: [Reference]
}

/// Two conversations about one thing that share no link, topic or voice.
package struct Gap: Sendable {
  package let newer: Index<Conversation>
  package let older: Index<Conversation>
  /// What both posts speak of, the most telling words first.
  package let words: [String]
  /// The posts that link to both, newest first; none while the gap is open.
  package let bridges: [Index<Conversation>]
}

/// Two topics that share most of the smaller one's conversations, of which the words are alike.
package struct TopicOverlap: Sendable {
  package let smaller: Index<TopicEntry>
  package let larger: Index<TopicEntry>
}

package struct CloseTopic: Sendable {
  package let topic: Index<TopicEntry>
  package let shared: Int
}

package struct ContributorEntry: Sendable {
  package let handle: String
  package let name: String
  package let address: SiteAddress
  /// Nil when nobody wrote a file.
  package let file: Contributor?
  package internal(set) var bio: LinkedBody?
  /// The address rules passed.
  package let url: String?
  package let image: LinkedBody.Target
  /// Which of the 24 hues: that of the handle unless somebody in one conversation has it.
  package internal(set) var hue: Int
  package let initials: String
  /// False: this person appears on their own words only.
  package let isListed: Bool
  /// Newest first.
  package internal(set) var conversations: [Index<Conversation>] = []
  /// Newest first; responses without mentions and tombstones.
  package internal(set) var responses: [Reference] = []
  package internal(set) var topics: [Index<TopicEntry>] = []
  /// People this person exchanged answers with, latest first, with the latest exchange.
  package internal(set) var partners: [Partner] = []
  /// Where others speak of this person: the first place of each conversation; none for whom lists do not show.
  package internal(set) var backlinks: [Backlink] = []
  /// The date of the first and the latest visible item.
  package internal(set) var first: Timestamp?
  package internal(set) var latest: Timestamp?
}

package struct Partner: Sendable {
  package let contributor: Index<ContributorEntry>
  /// The replies between the two, newest first.
  package let exchanges: [Reference]
}

package struct PageEntry: Sendable {
  package let page: Page
  package let title: String
  package internal(set) var body: LinkedBody
  package let address: SiteAddress
  package let audience: Audience
  package let revisions: Revisions?
  package internal(set) var backlinks: [Backlink] = []
}

/// A file that the site carries as it is.
package struct SiteFile: Sendable {
  package let asset: Asset
  package let address: SiteAddress
}

package struct Redirect: Sendable, Hashable {
  /// The old address; a fragment when an anchor moved.
  package let from: SiteAddress
  package let to: SiteAddress
  /// Where the alias is written.
  package let location: SourceLocation

  package init(from: SiteAddress, to: SiteAddress, location: SourceLocation) {
    self.from = from
    self.to = to
    self.location = location
  }
}

/// An old address at which there is to be nothing any more.
package struct GonePlace: Sendable, Hashable {
  package let address: SiteAddress
  package let reason: String
  /// Where that is written.
  package let location: SourceLocation
}

/// A response that was on a page and is on another one now.
package struct MovedResponse: Sendable {
  /// Its anchor on the page where it was.
  package let fragment: String
  package let address: SiteAddress
  /// Of the post that it answers now.
  package let title: String
}

extension Community {
  /// The contributors whom lists show, by name.
  package var listedPeople: [Index<ContributorEntry>] {
    contributors.places.filter { contributors[$0].isListed }
  }
}
