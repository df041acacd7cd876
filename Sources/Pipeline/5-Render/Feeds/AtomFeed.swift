import StoaAddresses
import StoaHTML
import StoaLink
import StoaModel

/// An Atom feed (RFC 4287) of posts, responses, or both, with threads (RFC 4685).
struct AtomFeed: Rendering {
  static let size = 50

  let address: SiteAddress
  private let alternate: SiteAddress
  /// The key of the phrase that makes the feed's title from what it is a feed of.
  private let titlePhrase: String
  private let subject: String
  private let page: Page
  private let content: Content

  init(
    address: SiteAddress, alternate: SiteAddress, titlePhrase: String, of subject: String,
    beside page: Page, content: Content
  ) {
    self.page = page
    self.address = address
    self.alternate = alternate
    self.titlePhrase = titlePhrase
    self.subject = subject
    self.content = content
  }

  /// The page that a feed is beside.
  enum Page: Hashable {
    case home
    case topic(Index<TopicEntry>)
    case contributor(Index<ContributorEntry>)
    case conversation(Index<Conversation>)
  }

  /// What is in a feed, newest first.
  enum Content: Hashable {
    case posts([Index<Conversation>])
    /// The responses of some conversations.
    case responses([Index<Conversation>])
    /// What a contributor wrote.
    case contributor(Index<ContributorEntry>)
  }

  private func entries(_ community: Community) -> [Reference] {
    switch content {
    case .posts(let posts):
      return posts.prefix(Self.size).map { Reference(conversation: $0, response: nil) }
    case .responses(let conversations):
      return Self.newest(conversations.flatMap { community.responses(of: $0) }, community)
    case .contributor(let index):
      let contributor = community.contributors[index]
      let posts = contributor.conversations.prefix(Self.size).map {
        Reference(conversation: $0, response: nil)
      }
      return Self.newest(posts + contributor.responses.prefix(Self.size), community)
    }
  }

  /// What the feed is about: the community's, topic's or person's own words, or the post's first ones.
  private func subtitle(_ context: ViewContext) -> String {
    switch page {
    case .home: context.settings.description
    case .topic(let index): context.community.topics[index].description?.summary ?? ""
    case .contributor(let index): context.community.contributors[index].bio?.summary ?? ""
    case .conversation(let index): context.community.conversations[index].summary
    }
  }

  private func id(_ context: ViewContext) -> String {
    guard case .conversation(let index) = page else { return context.identities.feed(at: address) }
    return context.identities.feed(of: context.community.conversations[index], at: address)
  }

  private static func newest(_ references: [Reference], _ community: Community) -> [Reference] {
    Array(community.newestFirst(references).prefix(size))
  }

  func write(_ context: RenderContext, into buffer: inout ByteBuffer) {
    write(context.view, into: &buffer)
  }

  private func write(_ context: ViewContext, into buffer: inout ByteBuffer) {
    let site = context.site
    buffer.write("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n")
    buffer.write("<feed xmlns=\"http://www.w3.org/2005/Atom\"")
    buffer.write(" xmlns:thr=\"http://purl.org/syndication/thread/1.0\" xml:lang=\"")
    buffer.writeXML(context.settings.language)
    buffer.write("\">\n")
    element("title", context.strings.phrase(titlePhrase, ["title": subject]), into: &buffer)
    let subtitle = subtitle(context)
    if !subtitle.isEmpty { element("subtitle", subtitle, into: &buffer) }
    element("id", id(context), into: &buffer)
    link("self", site.absolute(address), type: "application/atom+xml", into: &buffer)
    link("alternate", site.absolute(alternate), type: "text/html", into: &buffer)
    let entries = entries(context.community)
    let updated = entries.map { Self.updated(of: $0, in: context.community) }
      .max { $0.seconds < $1.seconds }
    element("updated", updated?.iso8601 ?? "1970-01-01T00:00:00Z", into: &buffer)
    element("generator", "Stoa", into: &buffer)
    // Texts go through one buffer on their way, which is used again.
    var html = ByteBuffer()
    for entry in entries { write(entry, context, &html, into: &buffer) }
    buffer.write("</feed>\n")
  }

  private static func updated(of reference: Reference, in community: Community) -> Timestamp {
    let conversation = community.conversations[reference.conversation]
    return reference.response.map { conversation.responses[$0].date } ?? conversation.updated
  }

  private func write(
    _ reference: Reference, _ context: ViewContext, _ html: inout ByteBuffer,
    into buffer: inout ByteBuffer
  ) {
    let conversation = context.community.conversations[reference.conversation]
    let response = reference.response.map { conversation.responses[$0] }
    // A response may be in any language; the post's is known.
    let language = response == nil ? conversation.post.language : nil
    buffer.write("<entry")
    if let language {
      buffer.write(" xml:lang=\"")
      buffer.writeXML(language)
      buffer.write("\"")
    }
    buffer.write(">\n")
    element("title", context.title(of: reference), into: &buffer)
    buffer.write("<id>")
    id(of: reference, context, into: &buffer)
    buffer.write("</id>\n<link rel=\"alternate\" type=\"text/html\" href=\"")
    address(of: reference, context, into: &buffer)
    buffer.write("\"/>\n")
    let published = (response?.date ?? conversation.date).iso8601
    element("published", published, into: &buffer)
    element(
      "updated", response == nil ? conversation.updated.iso8601 : published, into: &buffer)
    if let response {
      if let speaker = response.speaker { author(speaker, context, into: &buffer) }
      replies(to: response, reference, context, into: &buffer)
    } else {
      for index in conversation.authors { author(.contributor(index), context, into: &buffer) }
      for topic in conversation.topics {
        buffer.write("<category term=\"")
        buffer.writeXML(context.community.topics[topic].slug)
        buffer.write("\" label=\"")
        buffer.writeXML(context.community.topics[topic].title)
        buffer.write("\"/>\n")
      }
      if !conversation.summary.isEmpty { element("summary", conversation.summary, into: &buffer) }
      let feeds = PageKind.conversation.feeds(
        beside: conversation.address, hasResponses: conversation.responseCount > 0)
      for feed in feeds {
        buffer.write("<link rel=\"replies\" type=\"application/atom+xml\" href=\"")
        buffer.writeXML(context.site.absolute(feed))
        buffer.write("\" thr:count=\"\(conversation.responseCount)\"/>\n")
      }
    }
    content(
      response?.body ?? conversation.body, isFromVisitors: response != nil,
      page: context.site.absolute(conversation.address), context, &html, into: &buffer)
    buffer.write("</entry>\n")
  }

  /// What a response answers, for readers that know threads and for those that do not.
  private func replies(
    to response: ThreadedResponse, _ reference: Reference, _ context: ViewContext,
    into buffer: inout ByteBuffer
  ) {
    let parent = Reference(conversation: reference.conversation, response: response.parent)
    buffer.write("<thr:in-reply-to ref=\"")
    id(of: parent, context, into: &buffer)
    buffer.write("\" href=\"")
    address(of: parent, context, into: &buffer)
    buffer.write("\" type=\"text/html\"/>\n<link rel=\"related\" type=\"text/html\" href=\"")
    address(of: parent, context, into: &buffer)
    buffer.write("\"/>\n")
  }

  private func id(
    of reference: Reference, _ context: ViewContext, into buffer: inout ByteBuffer
  ) {
    guard let index = reference.response else {
      buffer.writeXML(context.identities.posts[reference.conversation.position])
      return
    }
    context.identities.write(
      context.community.conversations[reference.conversation].responses[index].response,
      of: reference.conversation, in: context.community, into: &buffer)
  }

  private func address(
    of reference: Reference, _ context: ViewContext, into buffer: inout ByteBuffer
  ) {
    buffer.writeXML(context.site.origin)
    buffer.writeXML(context.hrefs[reference.conversation.position])
    guard let index = reference.response else { return }
    let response = context.community.conversations[reference.conversation].responses[index]
    buffer.write("#")
    buffer.writeXML(response.encodedFragment)
  }

  private func author(_ speaker: Speaker, _ context: ViewContext, into buffer: inout ByteBuffer) {
    buffer.write("<author>")
    let name = context.name(of: speaker)
    let isGuest = if case .guest = speaker { true } else { false }
    element(
      "name", isGuest ? context.strings.phrase("guest-name", ["name": name]) : name, into: &buffer)
    switch speaker {
    case .contributor(let index):
      element(
        "uri", context.site.absolute(context.community.contributors[index].address), into: &buffer)
    case .guest(_, let url?):
      if let url = AddressPolicy.normalized(url) { element("uri", url, into: &buffer) }
    case .guest: break
    }
    buffer.write("</author>\n")
  }

  private func content(
    _ body: LinkedBody, isFromVisitors: Bool, page: String, _ context: ViewContext,
    _ html: inout ByteBuffer, into buffer: inout ByteBuffer
  ) {
    html.bytes.removeAll(keepingCapacity: true)
    BodyWriter(body, context, medium: .feed(page: page), isFromVisitors: isFromVisitors)
      .write(into: &html)
    buffer.write("<content type=\"html\">")
    html.bytes.withUnsafeBufferPointer { buffer.writeXML($0) }
    buffer.write("</content>\n")
  }

  private func element(_ name: StaticString, _ text: String, into buffer: inout ByteBuffer) {
    buffer.write("<")
    buffer.write(name)
    buffer.write(">")
    buffer.writeXML(text)
    buffer.write("</")
    buffer.write(name)
    buffer.write(">\n")
  }

  private func link(
    _ relation: StaticString, _ address: String, type: StaticString, into buffer: inout ByteBuffer
  ) {
    buffer.write("<link rel=\"")
    buffer.write(relation)
    buffer.write("\" type=\"")
    buffer.write(type)
    buffer.write("\" href=\"")
    buffer.writeXML(address)
    buffer.write("\"/>\n")
  }
}

extension CopyOnWrite<ConversationEntry> {
  fileprivate var updated: Timestamp { self.post.updated ?? self.date }
}
