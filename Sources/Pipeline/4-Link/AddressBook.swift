internal import StoaAddresses
internal import StoaModel

/// All that links, mentions and images can lead to: the site's places and files, people and topics.
///
/// A class, because every text has it at hand.
internal final class AddressBook: Sendable {
  internal let index: SiteIndex
  internal let people: NameRegistry
  internal let topics: NameRegistry
  /// Nil for a community that has no address yet.
  internal let own: OwnAddress?

  internal init(_ index: SiteIndex, _ names: Names, _ settings: Settings) {
    own = OwnAddress(settings.url)
    self.index = index
    people = names.people
    topics = names.topics
  }
}
