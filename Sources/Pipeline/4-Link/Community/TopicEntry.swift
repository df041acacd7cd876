package import StoaAddresses
package import StoaModel

/// A place in a topic's reading order.
package struct PathPlace: Sendable {
  package let topic: Index<TopicEntry>
  package let previous: Index<Conversation>?
  package let next: Index<Conversation>?
  /// Whether the topic is a guide, so that its reading path is shown as one.
  package let isGuide: Bool
}

/// Posts of a reading path below one heading.
package struct PathGroup: Sendable {
  /// Empty for posts without a heading.
  package let heading: String
  package internal(set) var posts: [Index<Conversation>]
}

package struct TopicEntry: Sendable {
  package let slug: String
  package let title: String
  package let address: SiteAddress
  /// Nil when the topic has no file.
  package let file: Topic?
  package internal(set) var description: LinkedBody?
  package let audience: Audience
  package internal(set) var parent: Index<TopicEntry>?
  package internal(set) var children: [Index<TopicEntry>] = []
  /// The topic's conversations, newest first; without unlisted ones.
  package internal(set) var conversations: [Index<Conversation>] = []
  /// The counted responses of these conversations, newest first.
  package internal(set) var responses: [Reference] = []
  /// The newest conversation of the topic and of all topics below it.
  package internal(set) var newest: Index<Conversation>?
  /// The reading path.
  package internal(set) var order: [Index<Conversation>] = []
  /// The reading path by heading; groups without visible posts are left out.
  package internal(set) var groups: [PathGroup] = []
  /// The conversations that lists show; for a guide, only those that are not on its path.
  package internal(set) var listed: [Index<Conversation>] = []
  /// The people who have written about this topic, latest first, each with a document.
  package internal(set) var writers: [Writer] = []
  /// Topics that share conversations with this one, most first.
  package internal(set) var close: [CloseTopic] = []
  /// Conversations that are also about another topic.
  package internal(set) var joining: [Index<Conversation>] = []
  package internal(set) var backlinks: [Backlink] = []
}

package struct Writer: Sendable {
  package let contributor: Index<ContributorEntry>
  package let latest: Reference
}

/// Two topics that share most of the smaller one's conversations, and whose conversations have similar words.
package struct TopicOverlap: Sendable {
  package let smaller: Index<TopicEntry>
  package let larger: Index<TopicEntry>
}

package struct CloseTopic: Sendable {
  package let topic: Index<TopicEntry>
  package let shared: Int
}
