import StoaAddresses
import StoaHTML
import StoaLink
import StoaModel

// Elements of all Atom feeds (RFC 4287).

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

  /// An entry's content, as a closure writes it.
  ///
  /// A CDATA section, like other programs' feeds: references for all markup would make a text longer by a tenth.
  mutating func writeContent(_ write: (inout ByteBuffer) -> Void) {
    self.write("<content type=\"html\">")
    writeCDATA(write)
    self.write("</content>\n")
  }

  mutating func writeAuthor(_ speaker: Speaker, _ context: ViewContext) {
    write("<author>")
    let name = context.name(of: speaker)
    let isGuest = if case .guest = speaker { true } else { false }
    writeElement("name", isGuest ? context.strings.phrase("guest-name", ["name": name]) : name)
    switch speaker {
    case .contributor(let index):
      write("<uri>")
      writeXML(context.site.origin)
      writeXML(context.href(ofContributor: index))
      write("</uri>\n")
    case .guest(_, let url?):
      if let url = AddressPolicy.normalized(url) { writeElement("uri", url) }
    case .guest: break
    }
    write("</author>\n")
  }

  /// The beginning of a feed, up to the date of its last change.
  mutating func writeFeedHead(
    title: String, subtitle: String, id: String, at address: SiteAddress, beside page: SiteAddress,
    updated: Timestamp?, archive: FeedArchive? = nil, _ context: ViewContext
  ) {
    write("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n")
    write("<feed xmlns=\"http://www.w3.org/2005/Atom\"")
    write(" xmlns:thr=\"http://purl.org/syndication/thread/1.0\"")
    if archive?.part != nil { write(" xmlns:fh=\"http://purl.org/syndication/history/1.0\"") }
    write(" xml:lang=\"")
    writeXML(context.settings.language)
    write("\">\n")
    writeElement("title", title)
    if !subtitle.isEmpty { writeElement("subtitle", subtitle) }
    writeElement("id", id)
    writeArchive(archive, of: address, context)
    writeLink("alternate", to: context.site.absolute(page), type: "text/html")
    writeElement("updated", updated?.iso8601 ?? "1970-01-01T00:00:00Z")
    writeElement("generator", "Stoa")
  }
  /// The links of an archive document to itself and its neighbours (RFC 5005).
  private mutating func writeArchive(
    _ archive: FeedArchive?, of feed: SiteAddress, _ context: ViewContext
  ) {
    func link(_ relation: StaticString, _ address: SiteAddress, into buffer: inout ByteBuffer) {
      buffer.writeLink(
        relation, to: context.site.absolute(address), type: "application/atom+xml")
    }
    guard let part = archive?.part else {
      link("self", feed, into: &self)
      if let last = archive?.count { link("prev-archive", .archive(of: feed, last), into: &self) }
      return
    }
    write("<fh:archive/>\n")
    link("self", .archive(of: feed, part), into: &self)
    link("current", feed, into: &self)
    if part > 1 { link("prev-archive", .archive(of: feed, part - 1), into: &self) }
    if let count = archive?.count, part < count {
      link("next-archive", .archive(of: feed, part + 1), into: &self)
    }
  }
}
