import StoaAddresses
import StoaHTML
import StoaLink
import StoaModel

/// An Atom feed of monthly digests.
///
/// An entry has the date of the newest document in it.
struct DigestFeed: Rendering {
  let address: SiteAddress
  let page: SiteAddress

  func write(_ context: RenderContext, into buffer: inout ByteBuffer) {
    let context = context.view
    let digests = context.community.digests.prefix(context.settings.feedSize)
    buffer.writeFeedHead(
      title: "\(context.settings.title): \(context.title(of: .digests))",
      subtitle: context.strings.text("digests-intro"), id: context.identities.feed(at: address),
      at: address, beside: page, updated: digests.first?.latest, context)
    for digest in digests {
      let address = SiteAddress.digest(of: digest.month)
      buffer.write("<entry>\n")
      buffer.writeElement("title", context.digestTitle(of: digest.month))
      buffer.writeElement("id", context.identities.feed(at: address))
      buffer.writeLink("alternate", to: context.site.absolute(address), type: "text/html")
      buffer.writeElement("published", digest.latest.iso8601)
      buffer.writeElement("updated", digest.latest.iso8601)
      buffer.write("<author>")
      buffer.writeElement("name", context.settings.title)
      buffer.write("</author>\n")
      buffer.writeContent { DigestLetter(digest, context).writeHTML(into: &$0) }
      buffer.write("</entry>\n")
    }
    buffer.write("</feed>\n")
  }
}
