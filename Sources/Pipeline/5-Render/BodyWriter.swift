import StoaAddresses
import StoaHTML
import StoaLink
import StoaModel

/// Writes a body with its slots filled in, for a page or for a feed.
struct BodyWriter: Sendable {
  enum Medium: Sendable, Equatable {
    /// Paths below the site's root.
    case page
    /// Absolute URLs, which are valid anywhere; `page` is the URL of the page that shows the document.
    case feed(page: String)
  }

  /// The state of the output so far.
  struct Progress {
    var images = 0
    /// How many marks of passages have been written.
    var passages = 0
    /// Whether a link is open: a browser would end it at the start of another link.
    var isInLink = false
  }

  let body: LinkedBody
  let context: ViewContext
  let medium: Medium
  /// Whether a visitor wrote the document: search engines are asked not to follow its links.
  let isFromVisitors: Bool
  /// Whether the first image is the page's first, which is loaded immediately.
  let beginsPage: Bool
  /// The marks of passages in the document, in order.
  let passages: [PassageMark]
  /// The quoted document, if the body is shown within another document.
  let quoted: QuotedBody?

  init(
    _ body: LinkedBody, _ context: ViewContext, medium: Medium = .page,
    isFromVisitors: Bool = false, beginsPage: Bool = false, passages: [PassageMark] = []
  ) {
    self.passages = passages
    self.body = body
    self.context = context
    self.medium = medium
    self.isFromVisitors = isFromVisitors
    self.beginsPage = beginsPage
    quoted = nil
  }

  /// The words of a quote.
  private init(_ quoted: QuotedBody, in other: BodyWriter) {
    body = quoted.body
    context = other.context
    medium = other.medium
    isFromVisitors = quoted.isFromVisitors
    beginsPage = false
    passages = []
    self.quoted = quoted
  }

  /// Appends the body.
  func write(into buffer: inout ByteBuffer) {
    buffer.write(identifiedBy: identify) { writeText(into: &$0) }
  }

  private func writeText(into buffer: inout ByteBuffer) {
    // A body that a worker wrote can be read during the build; if the disk fails, the page is empty there.
    guard let bytes = try? body.document.body.load() else { return }
    bytes.withUnsafeBufferPointer { bytes in
      var progress = Progress()
      let range = quoted?.range(in: bytes) ?? 0..<bytes.count
      var start = range.lowerBound
      while let slot = bytes.firstIndex(of: 0x01, from: start), slot < range.upperBound {
        write(bytes, start..<slot, &progress, into: &buffer)
        let letter = slot + 1 < bytes.count ? bytes[slot + 1] : 0
        var number = 0
        var index = slot + 2
        while index < bytes.count, bytes[index] != 0x02 {
          number = number &* 10 &+ Int(bytes[index] &- UInt8(ascii: "0"))
          index += 1
        }
        start = min(index + 1, bytes.count)
        if body.targets.indices.contains(number) {
          write(letter, number, &progress, into: &buffer)
        }
      }
      write(bytes, start..<range.upperBound, &progress, into: &buffer)
    }
  }

  // MARK: Between slots

  /// Writes the part between two slots, with its marks.
  private func write(
    _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ progress: inout Progress,
    into buffer: inout ByteBuffer
  ) {
    var start = range.lowerBound
    while progress.passages < passages.count,
      passages[progress.passages].offset <= range.upperBound
    {
      let mark = passages[progress.passages]
      progress.passages += 1
      if mark.offset > start {
        write(bytes, start..<mark.offset, into: &buffer)
        start = mark.offset
      }
      write(mark.kind, into: &buffer)
    }
    write(bytes, start..<range.upperBound, into: &buffer)
  }

  private func write(_ mark: PassageMark.Kind, into buffer: inout ByteBuffer) {
    switch mark {
    case .open(let anchor):
      buffer.write("<mark class=\"passage\"")
      if !anchor.isEmpty {
        buffer.write(" id=\"")
        buffer.writeEscaped(anchor)
        buffer.write("\"")
      }
      buffer.write(">")
    case .close: buffer.write("</mark>")
    case .point(let anchor):
      buffer.write("<span id=\"")
      buffer.writeEscaped(anchor)
      buffer.write("\"></span>")
    case .count(let count, let first):
      buffer.write("<a class=\"passage-count\" href=\"#")
      buffer.writeEscaped(PercentEncoding.encode(first, keeping: PercentEncoding.fragment))
      buffer.write("\" aria-label=\"")
      buffer.writeEscaped(context.strings.count("passage-count", count))
      buffer.write("\">\(count)</a>")
    }
  }

  func write(
    _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, into buffer: inout ByteBuffer
  ) {
    let html = UnsafeBufferPointer(rebasing: bytes[range])
    if let quoted {
      quoted.write(
        html, footnotesAt: href(SiteAddress(quoted.address.path)), boxesTables: medium == .page,
        into: &buffer)
      return
    }
    switch medium {
    case .page: Self.writeBoxingTables(html, into: &buffer)
    case .feed(let page): Self.write(html, of: page, into: &buffer)
    }
  }

  /// Puts a wide table into a box that scrolls and that the keyboard can reach.
  ///
  /// A body has these bytes only in a table: text escapes `<`, and code is a slot.
  private static func writeBoxingTables(
    _ html: UnsafeBufferPointer<UInt8>, into buffer: inout ByteBuffer
  ) {
    var start = 0
    var index = 0
    // Both tags contain a “b”, which is rarer in HTML than their other characters.
    while let mark = html.firstIndex(of: UInt8(ascii: "b"), from: index) {
      index = mark + 1
      if html.holds("<table", at: mark - 3) {
        buffer.write(html, start..<(mark - 3))
        buffer.write("<div class=\"wide\" tabindex=\"0\">")
        start = mark - 3
      } else if html.holds("</table>", at: mark - 4) {
        buffer.write(html, start..<(mark + 4))
        buffer.write("</div>")
        start = mark + 4
      }
    }
    buffer.write(html, start..<html.count)
  }

  /// A footnote's link leads to an anchor on its page; it is the only link outside of slots.
  static func write(
    _ html: UnsafeBufferPointer<UInt8>, of page: String, into buffer: inout ByteBuffer
  ) {
    let attribute: StaticString = "href=\""
    var start = 0
    var index = 0
    while let mark = html.firstIndex(of: UInt8(ascii: "#"), from: index) {
      index = mark + 1
      guard html.holds(attribute, at: mark - attribute.utf8CodeUnitCount) else { continue }
      buffer.write(html, start..<mark)
      buffer.writeEscaped(page)
      start = mark
    }
    buffer.write(html, start..<html.count)
  }

  // MARK: Slots

  func write(
    _ letter: UInt8, _ number: Int, _ progress: inout Progress, into buffer: inout ByteBuffer
  ) {
    let slot = body.document.slots[number]
    let target = body.targets[number]
    switch (letter, slot.content) {
    case (UInt8(ascii: "a"), .link(_, let title)):
      openLink(target, title: title, into: &buffer)
      progress.isInLink = true
    case (UInt8(ascii: "a"), .wikilink), (UInt8(ascii: "a"), .embed):
      openLink(target, title: "", into: &buffer)
      progress.isInLink = true
    case (UInt8(ascii: "z"), _):
      progress.isInLink = false
      if case .unresolved = target { return }
      buffer.write("</a>")
    case (UInt8(ascii: "t"), .wikilink):
      buffer.writeEscaped(LinkedBody.words(of: slot, leadingTo: target))
    case (UInt8(ascii: "m"), .mention(let handle)):
      if case .site(let address, _) = target, !progress.isInLink {
        buffer.write("<a class=\"mention\" href=\"")
        buffer.writeEscaped(href(address))
        buffer.write("\">@")
        buffer.writeEscaped(handle)
        buffer.write("</a>")
      } else {
        buffer.write("@")
        buffer.writeEscaped(handle)
      }
    case (UInt8(ascii: "i"), .image(_, let alternative, let title, let width, let height)):
      if case .image = target { progress.images += 1 }
      image(target, alternative, title, width, height, progress, into: &buffer)
    case (UInt8(ascii: "i"), .embed(let file, let alternative, let width, let height)):
      if case .image = target { progress.images += 1 }
      let isMissing = if case .unresolved = target { true } else { false }
      image(
        target, isMissing && alternative.isEmpty ? file : alternative, "", width, height, progress,
        into: &buffer)
    case (UInt8(ascii: "c"), .code(let language, let text)): code(language, text, into: &buffer)
    case (UInt8(ascii: "c"), .formula(let source, let form)),
      (UInt8(ascii: "x"), .formula(let source, let form)):
      formula(source, form, into: &buffer)
    case (UInt8(ascii: "c"), .diagram(let source)): diagram(source, into: &buffer)
    case (UInt8(ascii: "w"), .word(let key)): buffer.writeEscaped(context.strings.text(key))
    case (UInt8(ascii: "q"), .quote(_, let label)): quote(target, slot, label, into: &buffer)
    case (UInt8(ascii: "f"), .backLink(let anchor, let label)):
      // The references to a quote's footnotes are not on this page, so there is nothing to link back to.
      guard quoted == nil else { return }
      backLink(to: anchor, label, into: &buffer)
    default: break
    }
  }

  func openLink(_ target: LinkedBody.Target, title: String, into buffer: inout ByteBuffer) {
    switch target {
    case .site(let address, _), .image(let address, _, _), .medium(let address, _):
      buffer.write("<a href=\"")
      buffer.writeEscaped(href(address))
    case .quote(let quotation, _):
      buffer.write("<a href=\"")
      buffer.writeEscaped(href(quotation.address))
    case .external(let address):
      buffer.write("<a href=\"")
      buffer.writeEscaped(address)
      if isFromVisitors { buffer.write("\" rel=\"ugc nofollow noopener") }
    case .none, .unresolved: return
    }
    if !title.isEmpty {
      buffer.write("\" title=\"")
      buffer.writeEscaped(title)
    }
    buffer.write("\">")
  }

  /// Writes a quoted document with its author, its date and a link to it; only the link within another quote, or if the quote
  /// is not shown.
  private func quote(
    _ target: LinkedBody.Target, _ slot: Slot, _ label: String, into buffer: inout ByteBuffer
  ) {
    let words = label.isEmpty ? LinkedBody.words(of: slot, leadingTo: target) : label
    guard quoted == nil, case .quote(let quotation, _) = target,
      let inner = context.quoted(quotation)
    else {
      buffer.write("<p>")
      openLink(target, title: "", into: &buffer)
      buffer.writeEscaped(words)
      if case .unresolved = target {} else { buffer.write("</a>") }
      buffer.write("</p>")
      return
    }
    let address = href(quotation.address)
    buffer.write("<figure class=\"quote\"><blockquote cite=\"")
    buffer.writeEscaped(address)
    if let language = inner.language {
      buffer.write("\" lang=\"")
      buffer.writeEscaped(language)
      buffer.write("\" dir=\"")
      buffer.writeEscaped(context.direction(of: language))
    } else if inner.isFromVisitors {
      buffer.write("\" dir=\"auto")
    }
    buffer.write("\">\n")
    BodyWriter(inner, in: self).write(into: &buffer)
    buffer.write("</blockquote>\n<figcaption class=\"dots\">")
    if !inner.speakers.isEmpty {
      buffer.write("<span>")
      for (place, speaker) in inner.speakers.enumerated() {
        if place > 0 {
          buffer.writeEscaped(
            context.strings.text(
              place + 1 == inner.speakers.count ? "last-name-separator" : "name-separator"))
        }
        write(speaker, into: &buffer)
      }
      buffer.write("</span> ")
    }
    if let stance = inner.stance {
      buffer.write("<span>")
      buffer.writeEscaped(context.strings.text("stance-\(stance.rawValue)"))
      buffer.write("</span> ")
    }
    buffer.write("<cite><a href=\"")
    buffer.writeEscaped(address)
    buffer.write("\">")
    buffer.writeEscaped(words)
    buffer.write("</a></cite>")
    if let date = inner.date {
      buffer.write(" <time datetime=\"")
      buffer.writeEscaped(date.machineReadable)
      buffer.write("\">")
      buffer.writeEscaped(context.strings.date(date))
      buffer.write("</time>")
    }
    buffer.write("</figcaption></figure>")
  }

  /// Writes a person's name, with a link if there is one; a guest is marked as a guest.
  func write(_ speaker: Speaker, into buffer: inout ByteBuffer) {
    let name = context.name(of: speaker)
    let url: String?
    var shown = name
    switch speaker {
    case .contributor(let index): url = href(context.community.contributors[index].address)
    case .guest(_, let own):
      url = own.flatMap(AddressPolicy.normalized)
      shown = context.strings.phrase("guest-name", ["name": name])
    }
    if let url {
      buffer.write("<a href=\"")
      buffer.writeEscaped(url)
      if case .guest = speaker { buffer.write("\" rel=\"ugc nofollow noopener") }
      buffer.write("\">")
    }
    buffer.write("<bdi>")
    buffer.writeEscaped(shown)
    buffer.write("</bdi>")
    if url != nil { buffer.write("</a>") }
  }

  /// The arrow is a drawing, so the link has a name in words.
  private func backLink(to anchor: String, _ label: String, into buffer: inout ByteBuffer) {
    buffer.write("<a href=\"")
    if case .feed(let page) = medium { buffer.writeEscaped(page) }
    buffer.write("#")
    buffer.writeEscaped(anchor)
    buffer.write("\" class=\"footnote-backref\" aria-label=\"")
    buffer.writeEscaped(context.strings.phrase("back-to-reference", ["number": label]))
    // U+FE0E prevents the arrow from being drawn as an emoji.
    buffer.write("\">\u{21A9}\u{FE0E}</a>")
  }

  func href(_ address: SiteAddress) -> String {
    medium == .page ? context.site.href(address) : context.site.absolute(address)
  }
}
