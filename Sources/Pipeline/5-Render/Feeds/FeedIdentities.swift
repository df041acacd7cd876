import StoaAddresses
import StoaHTML
import StoaLink
import StoaModel

/// The ids of feeds and of their entries: `tag:` URIs (RFC 4151) that readers' programs tell old from new by.
///
/// They follow from what a text was first published as, so that they stay when its address, its date or the site's own address
/// change: with `id` in stoa.yml they hold no host and no date that could. What a file's own `id` says takes the place of its
/// names, and of all the rest if it is a URI.
struct FeedIdentities: Sendable {
  /// The host of the site, where stoa.yml names nothing else.
  private let host: String
  private let authority: String?
  /// One for each conversation.
  let posts: [String]

  init(_ community: Community, _ site: Site) {
    let own = Site(baseURL: community.settings.url).host
    let host = own.isEmpty ? site.host : own
    // A site that has no host yet still needs ids that parse.
    self.host = host.isEmpty ? "stoa.invalid" : host
    authority = community.settings.feedAuthority
    let (name, chosen) = (self.host, authority)
    posts = community.conversations.map { conversation in
      let part = conversation.feedPart
      if Self.isWhole(part) { return Self.encoded(part) }
      return Self.prefix(name, chosen, conversation.date) + Self.encoded(part)
    }
  }

  /// Of a response: its post's and its own.
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

  /// What stands behind the sign in the ids of messages.
  var mailHost: String { PercentEncoding.encode(host, keeping: PercentEncoding.path) }

  /// Of a feed, by its address.
  func feed(at address: SiteAddress) -> String {
    "tag:\(authority ?? "\(host),1970-01-01"):\(address.encoded())"
  }

  /// Of a conversation's feed.
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
