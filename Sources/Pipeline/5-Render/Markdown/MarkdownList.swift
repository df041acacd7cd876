import StoaAddresses
import StoaHTML
import StoaLink
import StoaModel

/// `llms.txt`: a description of the community, and the address of each conversation as markdown, by topic
/// (https://llmstxt.org).
struct MarkdownList: Rendering {
  /// The conversations that lists show, newest first.
  let conversations: [Index<Conversation>]

  func write(_ context: RenderContext, into buffer: inout ByteBuffer) {
    let view = context.view
    var writer = MarkdownWriter()
    writer.heading(1, Self.line(view.settings.title))
    if !view.settings.description.isEmpty {
      writer.quote { $0.paragraph(Self.line(view.settings.description)) }
    }
    writer.paragraph(Self.line(view.strings.text("markdown-list-note")))
    // Each conversation once, under the first of its topics.
    var members = [[Index<Conversation>]](repeating: [], count: view.community.topics.count)
    var others: [Index<Conversation>] = []
    for index in conversations where view.community.conversations[index].post.removed == nil {
      if let topic = view.community.conversations[index].topics.first {
        members[topic.position].append(index)
      } else {
        others.append(index)
      }
    }
    for (topic, members) in zip(view.community.topics, members) {
      Self.write(members, under: topic.title, view, into: &writer)
    }
    Self.write(others, under: view.title(of: .posts), view, into: &writer)
    buffer.write(writer.bytes)
  }

  private static func write(
    _ members: [Index<Conversation>], under title: String, _ context: ViewContext,
    into writer: inout MarkdownWriter
  ) {
    guard !members.isEmpty else { return }
    writer.heading(2, line(title))
    let marker = writer.marker(isOrdered: false)
    for (place, index) in members.enumerated() {
      let conversation = context.community.conversations[index]
      guard let twin = PageKind.conversation.twin(of: conversation.address, context.settings)
      else { continue }
      var line = MarkdownLine()
      line.link(conversation.title, to: context.site.absolute(twin))
      let summary = conversation.summary.excerpt(200)
      if !summary.isEmpty { line.text(": \(summary)") }
      writer.item(marker, followsTightly: place > 0) { $0.paragraph(line) }
    }
    writer.endList(marker)
  }

  private static func line(_ words: String) -> MarkdownLine {
    var line = MarkdownLine()
    line.text(words)
    return line
  }
}
