import StoaAddresses
import StoaLink
import StoaModel
import StoaRender

/// Writes a community as WordPress's export, WXR 1.2: posts, pages, categories and comments, as HTML.
struct WXRExport {
  private let content: ExportContent
  private var output: [UInt8] = []
  /// WordPress identifies comments by number.
  private var nextComment = 1

  init(_ content: ExportContent) {
    self.content = content
  }

  private var community: Community { content.community }

  var bytes: [UInt8] {
    get throws {
      var export = self
      export.write()
      return export.output
    }
  }

  private mutating func write() {
    let settings = community.settings
    output +=
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" \
      xmlns:content="http://purl.org/rss/1.0/modules/content/" \
      xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
      <channel>

      """.utf8
    element("title", settings.title)
    element("link", content.baseURL)
    element("description", settings.description)
    element("language", settings.language)
    element("wp:wxr_version", "1.2")
    element("wp:base_site_url", content.baseURL)
    element("wp:base_blog_url", content.baseURL)
    for (index, person) in community.contributors.enumerated() { author(person, index + 1) }
    for topic in community.topics { category(topic) }
    var number = 1
    for conversation in community.conversations.reversed() {
      item(conversation, number)
      number += 1
    }
    for page in community.pages {
      item(page, number)
      number += 1
    }
    output += "</channel>\n</rss>\n".utf8
  }

  // MARK: Head

  private mutating func author(_ person: ContributorEntry, _ number: Int) {
    output += "<wp:author>".utf8
    element("wp:author_id", "\(number)")
    element("wp:author_login", person.handle)
    element("wp:author_display_name", person.name)
    output += "</wp:author>\n".utf8
  }

  private mutating func category(_ topic: TopicEntry) {
    output += "<wp:category>".utf8
    element("wp:category_nicename", topic.slug)
    element("wp:category_parent", topic.parent.map { community.topics[$0].slug } ?? "")
    element("wp:cat_name", topic.title)
    if let description = topic.description {
      element(
        "wp:category_description",
        html: content.bodies.html(description, at: topic.address, isFromVisitors: false))
    }
    output += "</wp:category>\n".utf8
  }

  // MARK: Items

  private mutating func item(_ conversation: Conversation, _ number: Int) {
    let post = conversation.post
    output += "<item>\n".utf8
    element("title", Self.html(conversation.title))
    element("link", content.bodies.url(of: conversation.address))
    element(
      "dc:creator", conversation.authors.first.map { community.contributors[$0].handle } ?? "")
    element(
      "content:encoded",
      html: content.bodies.html(conversation.body, at: conversation.address, isFromVisitors: false))
    element("excerpt:encoded", Self.html(post.summary ?? ""))
    dates(conversation.date)
    element("wp:post_id", "\(number)")
    element("wp:comment_status", post.acceptsResponses ? "open" : "closed")
    element("wp:post_name", post.slug)
    element("wp:status", status(conversation.audience))
    element("wp:post_type", "post")
    element("wp:is_sticky", post.isPinned ? "1" : "0")
    for index in conversation.topics {
      let topic = community.topics[index]
      output += "<category domain=\"category\" nicename=\"".utf8
      output += Self.escaped(topic.slug)
      output += "\">".utf8 + Self.data(Array(topic.title.utf8)) + "</category>\n".utf8
    }
    var numbers: [String: Int] = [:]
    for response in conversation.responses + conversation.mentions {
      numbers[response.response.id] = nextComment
      nextComment += 1
    }
    for response in conversation.responses + conversation.mentions {
      comment(response, in: conversation, numbers)
    }
    output += "</item>\n".utf8
  }

  private mutating func item(_ entry: PageEntry, _ number: Int) {
    output += "<item>\n".utf8
    element("title", Self.html(entry.title))
    element("link", content.bodies.url(of: entry.address))
    element(
      "content:encoded",
      html: content.bodies.html(entry.body, at: entry.address, isFromVisitors: false))
    element("wp:post_id", "\(number)")
    element("wp:comment_status", "closed")
    element("wp:post_name", entry.page.slug)
    element("wp:status", status(entry.audience))
    element("wp:post_type", "page")
    output += "</item>\n".utf8
  }

  private mutating func comment(
    _ response: ThreadedResponse, in conversation: Conversation, _ numbers: [String: Int]
  ) {
    let parent = response.parent.map { conversation.responses[$0].response.id }
    output += "<wp:comment>\n".utf8
    element("wp:comment_id", "\(numbers[response.response.id] ?? 0)")
    var account = 0
    switch response.speaker {
    case .contributor(let index):
      element("wp:comment_author", community.contributors[index].name)
      element("wp:comment_author_url", community.contributors[index].url ?? "")
      account = index.position + 1
    case .guest(let name, let url):
      element("wp:comment_author", name)
      element("wp:comment_author_url", url ?? "")
    case nil: element("wp:comment_author", "")
    }
    element("wp:comment_date", Self.time(response.date))
    element("wp:comment_date_gmt", Self.time(response.date))
    let isRemoved = response.response.removed != nil
    element(
      "wp:comment_content",
      html: isRemoved
        ? [] : content.bodies.html(response.body, at: conversation.address, isFromVisitors: true))
    // Comments there are as public as their post, so a narrower one waits to be approved.
    let isNarrower = response.audience < conversation.audience
    element("wp:comment_approved", isRemoved ? "trash" : isNarrower ? "0" : "1")
    element("wp:comment_type", response.response.kind == .mention ? "pingback" : "comment")
    element("wp:comment_parent", "\(parent.flatMap { numbers[$0] } ?? 0)")
    element("wp:comment_user_id", "\(account)")
    output += "</wp:comment>\n".utf8
  }

  /// An item for a narrower audience is private: otherwise WordPress, and an import from it, would show the item to everybody.
  private func status(_ audience: Audience) -> String {
    audience < community.settings.widestAudience ? "private" : "publish"
  }

  private mutating func dates(_ date: Timestamp) {
    element("wp:post_date", Self.time(date))
    element("wp:post_date_gmt", Self.time(date))
  }

  // MARK: XML

  /// In UTC: `2012-01-07 17:00:00`.
  private static func time(_ date: Timestamp) -> String {
    let text = Timestamp(seconds: date.seconds, offset: 0, isDay: false).machineReadable
    return text.prefix(19).split(separator: "T").joined(separator: " ")
  }

  private mutating func element(_ name: String, _ text: String) {
    output += "<\(name)>".utf8 + Self.escaped(text) + "</\(name)>\n".utf8
  }

  private mutating func element(_ name: String, html: [UInt8]) {
    output += "<\(name)>".utf8 + Self.data(html) + "</\(name)>\n".utf8
  }

  /// Titles and excerpts are HTML to WordPress, which would read `<` in them as a tag.
  private static func html(_ text: String) -> String {
    String(decoding: escaped(text), as: UTF8.self)
  }

  /// The bytes as CDATA: each `]]>` is split, since it would end the section; nothing else needs escaping.
  private static func data(_ bytes: [UInt8]) -> [UInt8] {
    var output = Array("<![CDATA[".utf8)
    for byte in bytes {
      if byte == UInt8(ascii: ">"), output.suffix(2).elementsEqual("]]".utf8) {
        output += "]]><![CDATA[".utf8
      }
      output.append(byte)
    }
    return output + "]]>".utf8
  }

  private static func escaped(_ text: String) -> [UInt8] {
    var escaped: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "<"): escaped += "&lt;".utf8
      case UInt8(ascii: ">"): escaped += "&gt;".utf8
      case UInt8(ascii: "&"): escaped += "&amp;".utf8
      case UInt8(ascii: "\""): escaped += "&quot;".utf8
      default: escaped.append(byte)
      }
    }
    return escaped
  }
}
