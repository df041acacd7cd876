import StoaAddresses
import StoaModel

/// All that links, mentions and images can lead to: the site's places and files, people and topics.
///
/// A class, because every text has it at hand.
final class AddressBook: Sendable {
  let index: SiteIndex
  let people: NameRegistry<ContributorEntry>
  let topics: NameRegistry<TopicEntry>
  /// Nil for a community that has no address yet.
  let own: OwnAddress?

  init(_ index: SiteIndex, _ names: Names, _ settings: Settings) {
    own = OwnAddress(settings.url)
    self.index = index
    people = names.people
    topics = names.topics
  }
}
