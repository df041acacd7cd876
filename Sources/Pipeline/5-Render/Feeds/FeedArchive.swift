import StoaAddresses
import StoaLink

/// Where a document is among those of a feed's archive (RFC 5005, section 4).
///
/// The first has the oldest entries, so that each keeps its entries for good; what does not fill one is in the feed alone.
struct FeedArchive: Hashable {
  /// How many documents there are.
  let count: Int
  /// Which of them this is, from 1; nil for the feed itself.
  var part: Int?

  /// One document of an archive, and what is in it.
  struct Part {
    let archive: FeedArchive
    /// Newest first.
    let entries: [Reference]
  }

  /// Divides all of a feed's entries, newest first; empty where the feed has room for them.
  static func parts(of entries: [Reference], size: Int) -> [Part] {
    guard entries.count > size else { return [] }
    let count = entries.count / size
    return (1...count).map { part in
      let end = entries.count - (part - 1) * size
      return Part(
        archive: FeedArchive(count: count, part: part), entries: Array(entries[(end - size)..<end]))
    }
  }
}

extension SiteAddress {
  /// A document of a feed's archive.
  static func archive(of feed: SiteAddress, _ part: Int) -> SiteAddress {
    let name = feed.path.hasSuffix(".xml") ? String(feed.path.dropLast(4)) : feed.path
    return SiteAddress("/feeds\(name)/\(part).xml")
  }
}
