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

/// Two conversations about one thing that share no link, topic or voice.
package struct Gap: Sendable {
  package let newer: Index<Conversation>
  package let older: Index<Conversation>
  /// What both posts speak of, the most telling words first.
  package let words: [String]
  /// The posts that link to both, newest first; none while the gap is open.
  package let bridges: [Index<Conversation>]
}

extension Community {
  /// The contributors whom lists show, by name.
  package var listedPeople: [Index<ContributorEntry>] {
    contributors.places.filter { contributors[$0].isListed }
  }
}
