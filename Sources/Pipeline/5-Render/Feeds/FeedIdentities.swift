import StoaAddresses
import StoaHTML
import StoaLink
import StoaModel

/// The ids of feeds and of their entries: `tag:` URIs (RFC 4151), by which feed readers recognise known entries.
///
/// They follow from the names under which a document was first published, so they stay the same when its address, its date or the
/// site's URL change: with `id` in stoa.yml they contain no host or date that could change. An `id` in a file replaces its names,
/// or the complete id if it is a URI.
struct FeedIdentities: Sendable {
  /// The host of the site, unless stoa.yml sets an id.
  private let host: String
  private let authority: String?
  /// One for each conversation.
  let posts: [String]

  init(_ community: Community, _ site: Site) {
    let own = Site(baseURL: community.settings.url).host
    let host = own.isEmpty ? site.host : own
    // A site without a host still needs ids that can be parsed.
    self.host = host.isEmpty ? "stoa.invalid" : host
    authority = community.settings.feedAuthority
    let (name, chosen) = (self.host, authority)
    posts = community.conversations.map { conversation in
      let part = conversation.feedPart
      if Self.isWhole(part) { return Self.encoded(part) }
      return Self.prefix(name, chosen, conversation.date) + Self.encoded(part)
    }
  }

  /// Writes the id of a response: its post's and its own.
  func write(
    _ response: Response, of index: Index<Conversation>, in community: Community,
    into buffer: inout ByteBuffer
  ) {
    guard let own = response.feedID?.value else {
      buffer.writeXML(posts[index.position])
      buffer.write("/")
      buffer.writeXML(response.id)
      return
    }
    if !Self.isWhole(own) {
      buffer.writeXML(Self.prefix(host, authority, community.conversations[index].date))
    }
    buffer.writeXML(Self.encoded(own))
  }

  /// The host in message ids.
  var mailHost: String { PercentEncoding.encode(host, keeping: PercentEncoding.path) }

  /// The id of a feed, by its address.
  func feed(at address: SiteAddress) -> String {
    "tag:\(authority ?? "\(host),1970-01-01"):\(address.encoded())"
  }

  /// The id of a conversation's feed.
  func feed(of conversation: Conversation, at address: SiteAddress) -> String {
    let isFirst = conversation.firstSlug == conversation.post.slug
    if authority == nil, isFirst { return feed(at: address) }
    return feed(at: SiteAddress("/posts/\(conversation.firstSlug)/feed.xml"))
  }

  private static func prefix(_ host: String, _ authority: String?, _ date: Timestamp) -> String {
    "tag:\(authority ?? "\(host),\(date.day)"):"
  }

  private static func isWhole(_ part: String) -> Bool { part.utf8.contains(UInt8(ascii: ":")) }

  private static func encoded(_ part: String) -> String {
    isWhole(part)
      ? PercentEncoding.complete(part, keeping: PercentEncoding.url)
      : PercentEncoding.encode(part, keeping: PercentEncoding.path)
  }
}
