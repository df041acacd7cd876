import StoaAddresses
import StoaHTML
import StoaLink
import StoaModel

/// A document, or a part of it, as another document shows it.
struct QuotedBody: Sendable {
  let body: LinkedBody
  /// Empty for a page.
  let speakers: [Speaker]
  let date: Timestamp?
  let stance: Response.Stance?
  /// Nil when it is unknown.
  let language: String?
  /// Whether it is a response.
  let isFromVisitors: Bool
  /// The heading above the quoted section; empty for the whole document.
  let heading: String
  /// The address of the quoted words.
  let address: SiteAddress

  /// The part of the body that is shown.
  func range(in body: UnsafeBufferPointer<UInt8>) -> Range<Int> {
    guard !heading.isEmpty else { return 0..<body.count }
    return BodySection(below: heading, in: body)?.range ?? 0..<0
  }

  /// Writes a piece of the body without ids, which belong to another page, and with headings as bold lines, because they are
  /// not headings of this page.
  ///
  /// - Parameters:
  ///   - page: the page on which the footnotes are.
  ///   - boxesTables: whether a wide table scrolls in a box of its own.
  func write(
    _ html: UnsafeBufferPointer<UInt8>, footnotesAt page: String, boxesTables: Bool,
    into buffer: inout ByteBuffer
  ) {
    let id = Array(" id=\"".utf8)
    let footnote = Array(" href=\"#".utf8)
    var tags = BodyTags(html)
    var start = 0
    while let tag = tags.next() {
      buffer.write(html, start..<tag.range.lowerBound)
      start = tag.range.upperBound
      if tag.headingLevel(in: html) != nil {
        buffer.write(tag.kind == .closing ? "</strong></p>" : "<p><strong>")
        continue
      }
      let isTable = boxesTables && html.holds("table", at: tag.name.lowerBound)
      if isTable, tag.kind == .opening { buffer.write("<div class=\"wide\" tabindex=\"0\">") }
      var written = tag.range.lowerBound
      if let place = tag.place(of: id, in: html),
        let close = html.firstIndex(of: UInt8(ascii: "\""), from: place + id.count)
      {
        buffer.write(html, written..<place)
        written = close + 1
      } else if let place = tag.place(of: footnote, in: html) {
        let sign = place + footnote.count - 1
        buffer.write(html, written..<sign)
        buffer.writeEscaped(page)
        written = sign
      }
      buffer.write(html, written..<tag.range.upperBound)
      if isTable, tag.kind == .closing { buffer.write("</div>") }
    }
    buffer.write(html, start..<html.count)
  }
}

extension ViewContext {
  /// The current content of a quotation; nil when its target does not exist.
  func quoted(_ quotation: Quotation) -> QuotedBody? {
    switch quotation.text {
    case .post(let index):
      let conversation = community.conversations[index]
      return QuotedBody(
        body: conversation.body, speakers: conversation.authors.map { .contributor($0) },
        date: conversation.date, stance: nil, language: conversation.post.language,
        isFromVisitors: false, heading: quotation.heading, address: quotation.address)
    case .page(let index):
      let page = community.pages[index]
      return QuotedBody(
        body: page.body, speakers: [], date: nil, stance: nil, language: page.page.language,
        isFromVisitors: false, heading: quotation.heading, address: quotation.address)
    case .response(let index, let fragment):
      let conversation = community.conversations[index]
      let responses = conversation.responses + conversation.mentions
      return responses.first { $0.fragment == fragment }.map { response in
        QuotedBody(
          body: response.body, speakers: response.speaker.map { [$0] } ?? [], date: response.date,
          stance: response.response.stance, language: response.response.language,
          isFromVisitors: true, heading: "", address: quotation.address)
      }
    }
  }
}
