import StoaAddresses
import StoaHTML
import StoaLink
import StoaModel

/// An Atom feed of pairs of conversations about one subject that are not connected.
///
/// An entry has the date of the newer conversation, because the pair exists only since then.
struct GapFeed: Rendering {
  let address: SiteAddress
  let page: SiteAddress
  /// The open gaps, by their newer conversation.
  let gaps: [Index<Gap>]

  func write(_ context: RenderContext, into buffer: inout ByteBuffer) {
    let context = context.view
    let shown = gaps.prefix(context.settings.feedSize).map { context.community.gaps[$0] }
    let subject = context.title(of: .bridges)
    buffer.writeFeedHead(
      title: "\(context.settings.title): \(subject)",
      subtitle: context.strings.text("bridges-intro"), id: context.identities.feed(at: address),
      at: address, beside: page,
      updated: shown.first.map { context.community.conversations[$0.newer].date }, context)
    for gap in shown { write(gap, context, into: &buffer) }
    buffer.write("</feed>\n")
  }

  private func write(_ gap: Gap, _ context: ViewContext, into buffer: inout ByteBuffer) {
    let (newer, older) = (
      context.community.conversations[gap.newer], context.community.conversations[gap.older]
    )
    buffer.write("<entry>\n")
    buffer.writeElement("title", "\(newer.title) · \(older.title)")
    buffer.write("<id>")
    buffer.writeXML(context.identities.posts[gap.newer.position])
    buffer.write("#gap-")
    buffer.writeXML(PercentEncoding.encode(older.firstSlug, keeping: PercentEncoding.fragment))
    buffer.write("</id>\n")
    buffer.writeLink("alternate", to: context.site.absolute(newer.address), type: "text/html")
    buffer.writeLink("related", to: context.site.absolute(older.address), type: "text/html")
    buffer.writeElement("published", newer.date.iso8601)
    buffer.writeElement("updated", newer.date.iso8601)
    buffer.write("<author>")
    buffer.writeElement("name", context.settings.title)
    buffer.write("</author>\n")
    var html = ByteBuffer()
    html.write("<p>")
    html.writeEscaped(context.strings.text("gap"))
    html.write(" <em>")
    html.writeEscaped(context.words(of: gap))
    html.write("</em></p><ul>")
    for conversation in [newer, older] {
      html.write("<li><a href=\"")
      html.writeEscaped(context.site.absolute(conversation.address))
      html.write("\">")
      html.writeEscaped(conversation.title)
      html.write("</a></li>")
    }
    html.write("</ul>")
    buffer.writeContent { $0.write(html.bytes) }
    buffer.write("</entry>\n")
  }
}
