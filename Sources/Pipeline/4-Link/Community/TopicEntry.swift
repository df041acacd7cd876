package import StoaAddresses
package import StoaModel

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

/// Two topics that share most of the smaller one's conversations, of which the words are alike.
package struct TopicOverlap: Sendable {
  package let smaller: Index<TopicEntry>
  package let larger: Index<TopicEntry>
}

package struct CloseTopic: Sendable {
  package let topic: Index<TopicEntry>
  package let shared: Int
}
