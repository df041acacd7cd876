import StoaAddresses
import StoaLink

/// The position of a document in a feed's archive (RFC 5005, section 4).
///
/// The first document has the oldest entries, so that each document keeps its entries; entries that do not fill one are only in the
/// feed.
struct FeedArchive: Hashable {
  /// The number of documents.
  let count: Int
  /// The number of this document, from 1; nil for the feed itself.
  var part: Int?

  /// An archive document with its entries.
  struct Part {
    let archive: FeedArchive
    /// Newest first.
    let entries: [Reference]
  }

  /// Divides all of a feed's entries, newest first; empty when they all fit into the feed.
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
  /// The address of a document of a feed's archive.
  static func archive(of feed: SiteAddress, _ part: Int) -> SiteAddress {
    let name = feed.path.hasSuffix(".xml") ? String(feed.path.dropLast(4)) : feed.path
    return SiteAddress("/feeds\(name)/\(part).xml")
  }
}
