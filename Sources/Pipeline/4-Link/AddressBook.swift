import StoaAddresses
import StoaModel

/// All possible targets of links, mentions and images: the site's pages and files, contributors and topics.
///
/// A class, because every document uses it.
final class AddressBook: Sendable {
  let index: SiteIndex
  let people: NameRegistry<ContributorEntry>
  let topics: NameRegistry<TopicEntry>
  /// Nil for a community without a URL.
  let own: OwnAddress?

  init(_ index: SiteIndex, _ names: Names, _ settings: Settings) {
    own = OwnAddress(settings.url)
    self.index = index
    people = names.people
    topics = names.topics
  }
}
