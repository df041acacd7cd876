package import StoaAddresses
package import StoaModel

package struct ContributorEntry: Sendable {
  package let handle: String
  package let name: String
  package let address: SiteAddress
  /// Nil if the contributor has no file.
  package let file: Contributor?
  package internal(set) var bio: LinkedBody?
  /// A URL that has passed the URL rules.
  package let url: String?
  package let image: LinkedBody.Target
  /// One of the 24 hues: that of the handle, unless another participant of one of the conversations has it.
  package internal(set) var hue: Int
  package let initials: String
  /// False if only the contributor's own documents show the name.
  package let isListed: Bool
  /// Newest first.
  package internal(set) var conversations: [Index<Conversation>] = []
  /// Newest first; responses without mentions and tombstones.
  package internal(set) var responses: [Reference] = []
  /// Replies by others to their posts and responses; newest first.
  package internal(set) var answers: [Reference] = []
  package internal(set) var topics: [Index<TopicEntry>] = []
  /// People with whom this person exchanged replies, latest first, each with the latest exchange.
  package internal(set) var partners: [Partner] = []
  /// The places where others link to this person or mention them: the first in each conversation; none for a person that lists
  /// do not show.
  package internal(set) var backlinks: [Backlink] = []
  /// The dates of the first and the latest visible item.
  package internal(set) var first: Timestamp?
  package internal(set) var latest: Timestamp?
}

package struct Partner: Sendable {
  package let contributor: Index<ContributorEntry>
  /// The replies between the two, newest first.
  package let exchanges: [Reference]
}
