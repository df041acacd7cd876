import StoaAddresses
import StoaHTML
import StoaLink
import StoaModel

/// The posts as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/).
struct JSONFeed: Rendering {
  let address: SiteAddress
  let title: String
  /// Newest first.
  let entries: [Index<Conversation>]

  func write(_ context: RenderContext, into buffer: inout ByteBuffer) {
    write(context.view, into: &buffer)
  }

  private func write(_ context: ViewContext, into buffer: inout ByteBuffer) {
    let site = context.site
    buffer.write("{\"version\":\"https://jsonfeed.org/version/1.1\"")
    field("title", title, into: &buffer)
    field("home_page_url", site.absolute(.home), into: &buffer)
    field("feed_url", site.absolute(address), into: &buffer)
    if !context.settings.description.isEmpty {
      field("description", context.settings.description, into: &buffer)
    }
    field("language", context.settings.language, into: &buffer)
    buffer.write(",\"items\":[")
    for (position, index) in entries.enumerated() {
      if position > 0 { buffer.write(",") }
      write(index, context, into: &buffer)
    }
    buffer.write("]}\n")
  }

  private func write(
    _ index: Index<Conversation>, _ context: ViewContext, into buffer: inout ByteBuffer
  ) {
    let conversation = context.community.conversations[index]
    buffer.write("{\"id\":")
    buffer.writeJSON(context.identities.posts[index.position])
    let page = context.site.absolute(conversation.address)
    field("url", page, into: &buffer)
    field("title", conversation.title, into: &buffer)
    let writer = BodyWriter(conversation.body, context, medium: .feed(page: page))
    buffer.write(identifiedBy: writer.identify) { buffer in
      var html = ByteBuffer()
      writer.write(into: &html)
      field("content_html", String(decoding: html.bytes, as: UTF8.self), into: &buffer)
    }
    if !conversation.summary.isEmpty { field("summary", conversation.summary, into: &buffer) }
    if case .image(let address, _, _) = conversation.image {
      field("image", context.site.absolute(address), into: &buffer)
    }
    field("date_published", conversation.date.iso8601, into: &buffer)
    if let updated = conversation.post.updated {
      field("date_modified", updated.iso8601, into: &buffer)
    }
    buffer.write(",\"authors\":[")
    for (position, author) in conversation.authors.enumerated() {
      let contributor = context.community.contributors[author]
      buffer.write(position > 0 ? ",{\"name\":" : "{\"name\":")
      buffer.writeJSON(contributor.name)
      field("url", context.site.absolute(contributor.address), into: &buffer)
      buffer.write("}")
    }
    buffer.write("],\"tags\":[")
    for (position, topic) in conversation.topics.enumerated() {
      if position > 0 { buffer.write(",") }
      buffer.writeJSON(context.community.topics[topic].title)
    }
    buffer.write("]")
    field("language", conversation.post.language ?? context.settings.language, into: &buffer)
    buffer.write("}")
  }

  private func field(_ name: StaticString, _ text: String, into buffer: inout ByteBuffer) {
    buffer.write(",\"")
    buffer.write(name)
    buffer.write("\":")
    buffer.writeJSON(text)
  }
}
