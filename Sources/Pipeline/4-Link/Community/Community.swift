package import StoaModel
import StoaParse

/// The content of a site with every connection made: the result of Link.
///
/// Conversations, topics, contributors and pages refer to each other by their index in these arrays.
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
  /// Pairs of conversations about one subject that are not connected, by the newer one; including pairs that a post has joined.
  package internal(set) var gaps: [Gap] = []
  /// Pairs of topics that may be one topic, by the smaller one.
  package internal(set) var topicOverlaps: [TopicOverlap] = []
  /// The digests of past months that had content, newest first.
  package internal(set) var digests: [Digest] = []
  /// The hues of guests whose hue does not follow from their name.
  var guestHues: [String: Int] = [:]
  /// The masthead's menu; nil when the settings leave it to the theme.
  package internal(set) var menu: [MenuEntry]?
  package internal(set) var logo: SiteFile?
  /// Files to copy, each with its address.
  package internal(set) var files: [SiteFile] = []
  /// Old addresses with their current targets.
  package internal(set) var redirects: [Redirect] = []
  /// Old addresses that were removed on purpose, in order.
  package internal(set) var gone: [GonePlace] = []
  /// All diagnostics so far, in order.
  package internal(set) var diagnostics: [Diagnostic] = []

  init(_ facts: BuildFacts) { self.facts = facts }
}

/// Two conversations about one subject that share no link, topic or author.
package struct Gap: Sendable {
  package let newer: Index<Conversation>
  package let older: Index<Conversation>
  /// The common words of both posts, the most distinctive first.
  package let words: [String]
  /// The posts that link to both, newest first; none while the gap is open.
  package let bridges: [Index<Conversation>]
}

extension Community {
  /// The contributors that lists show, by name.
  package var listedPeople: [Index<ContributorEntry>] {
    contributors.places.filter { contributors[$0].isListed }
  }
}
