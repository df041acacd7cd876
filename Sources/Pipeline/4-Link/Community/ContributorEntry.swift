package import StoaAddresses
package import StoaModel

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
  /// Replies by others to their posts and responses; newest first.
  package internal(set) var answers: [Reference] = []
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
