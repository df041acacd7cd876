import StoaAddresses
import StoaHTML
import StoaLink
import StoaModel

// What every Atom feed (RFC 4287) is written with.

extension ByteBuffer {
  mutating func writeElement(_ name: StaticString, _ text: String) {
    write("<")
    write(name)
    write(">")
    writeXML(text)
    write("</")
    write(name)
    write(">\n")
  }

  mutating func writeLink(_ relation: StaticString, to address: String, type: StaticString) {
    write("<link rel=\"")
    write(relation)
    write("\" type=\"")
    write(type)
    write("\" href=\"")
    writeXML(address)
    write("\"/>\n")
  }

  mutating func writeAuthor(_ speaker: Speaker, _ context: ViewContext) {
    write("<author>")
    let name = context.name(of: speaker)
    let isGuest = if case .guest = speaker { true } else { false }
    writeElement("name", isGuest ? context.strings.phrase("guest-name", ["name": name]) : name)
    switch speaker {
    case .contributor(let index):
      writeElement("uri", context.site.absolute(context.community.contributors[index].address))
    case .guest(_, let url?):
      if let url = AddressPolicy.normalized(url) { writeElement("uri", url) }
    case .guest: break
    }
    write("</author>\n")
  }

  /// The beginning of a feed, up to the day of its last change.
  mutating func writeFeedHead(
    title: String, subtitle: String, id: String, at address: SiteAddress, beside page: SiteAddress,
    updated: Timestamp?, _ context: ViewContext
  ) {
    write("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n")
    write("<feed xmlns=\"http://www.w3.org/2005/Atom\"")
    write(" xmlns:thr=\"http://purl.org/syndication/thread/1.0\" xml:lang=\"")
    writeXML(context.settings.language)
    write("\">\n")
    writeElement("title", title)
    if !subtitle.isEmpty { writeElement("subtitle", subtitle) }
    writeElement("id", id)
    writeLink("self", to: context.site.absolute(address), type: "application/atom+xml")
    writeLink("alternate", to: context.site.absolute(page), type: "text/html")
    writeElement("updated", updated?.iso8601 ?? "1970-01-01T00:00:00Z")
    writeElement("generator", "Stoa")
  }
}
