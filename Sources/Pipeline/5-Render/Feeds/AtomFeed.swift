import StoaAddresses
import StoaHTML
import StoaLink
import StoaModel

/// An Atom feed (RFC 4287) of posts, responses, or both, with threads (RFC 4685).
struct AtomFeed: Rendering {
  let address: SiteAddress
  private let alternate: SiteAddress
  /// The key of the phrase that makes the feed's title from the title of its page.
  private let titlePhrase: String
  private let subject: String
  private let page: Page
  private let content: Content
  /// The archive documents with its older entries; nil if the site has none.
  private let archive: FeedArchive?

  init(
    address: SiteAddress, alternate: SiteAddress, titlePhrase: String, of subject: String,
    beside page: Page, content: Content, archive: FeedArchive? = nil
  ) {
    self.page = page
    self.address = address
    self.alternate = alternate
    self.titlePhrase = titlePhrase
    self.subject = subject
    self.content = content
    self.archive = archive
  }

  /// An archive document, with entries that are not in the feed, or will soon leave it.
  func archived(_ part: FeedArchive.Part) -> AtomFeed {
    AtomFeed(
      address: address, alternate: alternate, titlePhrase: titlePhrase, of: subject, beside: page,
      content: .entries(part.entries), archive: part.archive)
  }

  /// The page of a feed.
  enum Page: Hashable {
    case home
    case topic(Index<TopicEntry>)
    case contributor(Index<ContributorEntry>)
    case conversation(Index<Conversation>)
    /// A list of the theme, such as all questions.
    case list
  }

  /// The entries of a feed, newest first.
  enum Content: Hashable {
    case posts([Index<Conversation>])
    /// The responses of some conversations.
    case responses([Index<Conversation>])
    /// The posts and responses of some conversations.
    case all([Index<Conversation>])
    /// The posts and responses of a topic.
    case topic(Index<TopicEntry>)
    /// The posts and responses of a contributor.
    case contributor(Index<ContributorEntry>)
    /// The replies by others to a contributor.
    case answers(Index<ContributorEntry>)
    /// A fixed list of entries.
    case entries([Reference])
  }

  /// - Parameter limit: the maximum number of entries; the newest are kept.
  func entries(_ community: Community, atMost limit: Int) -> [Reference] {
    func newest(
      _ posts: some Collection<Index<Conversation>>, _ responses: some Sequence<Reference>
    ) -> [Reference] {
      let posts = posts.prefix(limit).map { Reference(conversation: $0, response: nil) }
      return Array(community.newestFirst(posts + responses).prefix(limit))
    }
    switch content {
    case .posts(let posts):
      return posts.prefix(limit).map { Reference(conversation: $0, response: nil) }
    case .responses(let conversations):
      return newest([], conversations.flatMap { community.responses(of: $0) })
    case .all(let conversations):
      return newest(conversations, conversations.flatMap { community.responses(of: $0) })
    case .topic(let index):
      let topic = community.topics[index]
      return newest(topic.conversations, topic.responses.prefix(limit))
    case .contributor(let index):
      let contributor = community.contributors[index]
      return newest(contributor.conversations, contributor.responses.prefix(limit))
    case .answers(let index):
      return Array(community.contributors[index].answers.prefix(limit))
    case .entries(let entries): return entries
    }
  }

  /// The entries that the feed has.
  ///
  /// There are as many feeds of people as there are people, and each is fetched again and again, so texts of several pages make it
  /// shorter. An entry that leaves a feed stays with those who had it; one that lost its text would lose it there, too.
  private func shown(_ context: ViewContext) -> [Reference] {
    let entries = entries(context.community, atMost: context.settings.feedSize)
    switch content {
    case .topic, .contributor, .answers: break
    case .posts, .responses, .all, .entries: return entries
    }
    // With an archive, each entry is in the feed or in a document of the archive.
    guard !context.settings.archivesFeeds else { return entries }
    var length = 0
    let end = entries.indices.first { index in
      length += body(of: entries[index], in: context.community).document.body.count
      return index >= Self.fewestEntries && length > Self.longestText
    }
    return Array(entries[..<(end ?? entries.count)])
  }

  private static let fewestEntries = 5
  /// In bytes of HTML.
  private static let longestText = 16 << 10

  private func body(of reference: Reference, in community: Community) -> LinkedBody {
    let conversation = community.conversations[reference.conversation]
    return reference.response.map { conversation.responses[$0].body } ?? conversation.body
  }

  /// The feed's description: the community's, topic's or person's own text, or the beginning of the post.
  private func subtitle(_ context: ViewContext) -> String {
    switch page {
    case .home: context.settings.description
    case .topic(let index): context.community.topics[index].description?.summary ?? ""
    case .contributor(let index): context.community.contributors[index].bio?.summary ?? ""
    case .conversation(let index): context.community.conversations[index].summary
    case .list: ""
    }
  }

  private func id(_ context: ViewContext) -> String {
    guard case .conversation(let index) = page else { return context.identities.feed(at: address) }
    return context.identities.feed(of: context.community.conversations[index], at: address)
  }

  func write(_ context: RenderContext, into buffer: inout ByteBuffer) {
    write(context.view, into: &buffer)
  }

  private func write(_ context: ViewContext, into buffer: inout ByteBuffer) {
    let entries = shown(context)
    buffer.writeFeedHead(
      title: context.strings.phrase(titlePhrase, ["title": subject]), subtitle: subtitle(context),
      id: id(context), at: address, beside: alternate,
      updated: entries.map { Self.updated(of: $0, in: context.community) }
        .max { $0.seconds < $1.seconds }, archive: archive, context)
    for entry in entries { write(entry, context, into: &buffer) }
    buffer.write("</feed>\n")
  }

  private static func updated(of reference: Reference, in community: Community) -> Timestamp {
    let conversation = community.conversations[reference.conversation]
    return reference.response.map { conversation.responses[$0].date } ?? conversation.updated
  }

  private func write(
    _ reference: Reference, _ context: ViewContext, into buffer: inout ByteBuffer
  ) {
    let conversation = context.community.conversations[reference.conversation]
    let response = reference.response.map { conversation.responses[$0] }
    // The language of a response may be unknown; that of the post is known.
    let language = response == nil ? conversation.post.language : nil
    buffer.write("<entry")
    if let language {
      buffer.write(" xml:lang=\"")
      buffer.writeXML(language)
      buffer.write("\"")
    }
    buffer.write(">\n")
    buffer.writeElement("title", context.title(of: reference))
    buffer.write("<id>")
    id(of: reference, context, into: &buffer)
    buffer.write("</id>\n<link rel=\"alternate\" href=\"")
    address(of: reference, context, into: &buffer)
    buffer.write("\"/>\n")
    if let response {
      // Its only date: it is the date of publication, too.
      buffer.writeElement("updated", response.date.iso8601)
      if let speaker = response.speaker { buffer.writeAuthor(speaker, context) }
      replies(to: response, reference, context, into: &buffer)
    } else {
      buffer.writeElement("published", conversation.date.iso8601)
      buffer.writeElement("updated", conversation.updated.iso8601)
      for index in conversation.authors { buffer.writeAuthor(.contributor(index), context) }
      for topic in conversation.topics {
        buffer.write("<category term=\"")
        buffer.writeXML(context.community.topics[topic].slug)
        buffer.write("\" label=\"")
        buffer.writeXML(context.community.topics[topic].title)
        buffer.write("\"/>\n")
      }
      if !conversation.summary.isEmpty { buffer.writeElement("summary", conversation.summary) }
      let feeds = PageKind.conversation.feeds(
        beside: conversation.address, hasResponses: conversation.responseCount > 0)
      for feed in feeds {
        buffer.write("<link rel=\"replies\" type=\"application/atom+xml\" href=\"")
        buffer.writeXML(context.site.absolute(feed))
        buffer.write("\" thr:count=\"\(conversation.responseCount)\"/>\n")
      }
    }
    content(
      response?.body ?? conversation.body, about: response?.response.about?.value ?? "",
      isFromVisitors: response != nil,
      page: context.site.absolute(conversation.address), context, into: &buffer)
    buffer.write("</entry>\n")
  }

  /// The parent of a response (RFC 4685).
  private func replies(
    to response: ThreadedResponse, _ reference: Reference, _ context: ViewContext,
    into buffer: inout ByteBuffer
  ) {
    let parent = Reference(conversation: reference.conversation, response: response.parent)
    buffer.write("<thr:in-reply-to ref=\"")
    id(of: parent, context, into: &buffer)
    // The post is where the entry itself leads.
    if parent.response != nil {
      buffer.write("\" href=\"")
      address(of: parent, context, into: &buffer)
    }
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

  private func content(
    _ body: LinkedBody, about: String, isFromVisitors: Bool, page: String, _ context: ViewContext,
    into buffer: inout ByteBuffer
  ) {
    let writer = BodyWriter(
      body, context, medium: .feed(page: page), isFromVisitors: isFromVisitors)
    buffer.write {
      $0.add(about)
      writer.identify(&$0)
    } _: { buffer in
      buffer.writeContent { html in
        if !about.isEmpty {
          html.write("<blockquote><p>")
          html.writeEscaped(about)
          html.write("</p></blockquote>\n")
        }
        writer.write(into: &html)
      }
    }
  }
}

extension CopyOnWrite<ConversationEntry> {
  fileprivate var updated: Timestamp { self.post.updated ?? self.date }
}
