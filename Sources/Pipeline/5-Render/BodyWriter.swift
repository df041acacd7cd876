import StoaAddresses
import StoaHTML
import StoaLink
import StoaModel

/// Writes a body with its slots filled in, for a page or for a feed.
struct BodyWriter: Sendable {
  enum Medium: Sendable, Equatable {
    /// Addresses below the site's root.
    case page
    /// Whole addresses, which make sense anywhere; `page` is that of the page which the text stands on.
    case feed(page: String)
  }

  /// What has been written so far.
  private struct Progress {
    var images = 0
    /// A browser would end a link where another begins in it.
    var isInLink = false
  }

  private let body: LinkedBody
  private let context: ViewContext
  private let medium: Medium
  /// Whether a stranger wrote the text: search engines are asked not to follow its links.
  private let isFromVisitors: Bool
  /// Whether the first image is the page's first, which is loaded at once.
  private let beginsPage: Bool
  /// What is quoted, where the text is written within another.
  private let quoted: QuotedBody?

  init(
    _ body: LinkedBody, _ context: ViewContext, medium: Medium = .page,
    isFromVisitors: Bool = false, beginsPage: Bool = false
  ) {
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
    self.quoted = quoted
  }

  /// Appends the body.
  func write(into buffer: inout ByteBuffer) {
    // A body that a worker wrote can be read as long as the build lives; if the disk fails, the page is empty there.
    guard let bytes = try? body.document.body.load() else { return }
    bytes.withUnsafeBufferPointer { bytes in
      var progress = Progress()
      let range = quoted?.range(in: bytes) ?? 0..<bytes.count
      var start = range.lowerBound
      while let slot = bytes.firstIndex(of: 0x01, from: start), slot < range.upperBound {
        write(bytes, start..<slot, into: &buffer)
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
      write(bytes, start..<range.upperBound, into: &buffer)
    }
  }

  // MARK: Between slots

  private func write(
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

  /// A wide table scrolls in a box of its own, which the keyboard must be able to reach.
  ///
  /// A body holds these bytes only where there is a table: text escapes `<`, and code is a slot.
  private static func writeBoxingTables(
    _ html: UnsafeBufferPointer<UInt8>, into buffer: inout ByteBuffer
  ) {
    var start = 0
    var index = 0
    // Both tags have a “b”, which is rarer in HTML than anything else in them.
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

  /// A footnote's link leads to a place on its page; no other does so outside a slot.
  private static func write(
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

  private func write(
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
    case (UInt8(ascii: "w"), .word(let key)): buffer.writeEscaped(context.strings.text(key))
    case (UInt8(ascii: "q"), .quote(_, let label)): quote(target, slot, label, into: &buffer)
    case (UInt8(ascii: "f"), .backLink(let anchor, let label)):
      // A quote's footnotes have no place on this page that could be led back to.
      guard quoted == nil else { return }
      backLink(to: anchor, label, into: &buffer)
    default: break
    }
  }

  private func openLink(_ target: LinkedBody.Target, title: String, into buffer: inout ByteBuffer) {
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

  /// Another text with its author, its date and a link to it; within a quote, and where it is not shown, a link alone.
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
    buffer.write("</blockquote>\n<figcaption>")
    for (place, speaker) in inner.speakers.enumerated() {
      if place > 0 {
        buffer.writeEscaped(
          context.strings.text(
            place + 1 == inner.speakers.count ? "last-name-separator" : "name-separator"))
      }
      write(speaker, into: &buffer)
    }
    if !inner.speakers.isEmpty { buffer.write(" ") }
    if let stance = inner.stance {
      buffer.write("<span class=\"stance \(stance.rawValue)\">")
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

  /// A name, with a link where it has one; a guest is seen to be one.
  private func write(_ speaker: Speaker, into buffer: inout ByteBuffer) {
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
    // U+FE0E keeps the arrow from being drawn as an emoji.
    buffer.write("\">\u{21A9}\u{FE0E}</a>")
  }

  private func image(
    _ target: LinkedBody.Target, _ alternative: String, _ title: String, _ ownWidth: Int?,
    _ ownHeight: Int?, _ progress: Progress, into buffer: inout ByteBuffer
  ) {
    if case .medium(let address, let medium) = target {
      player(address, medium, alternative, title, ownWidth, ownHeight, progress, into: &buffer)
      return
    }
    guard case .image(let address, let width, let height) = target else {
      // An image that is elsewhere is a link, so that no reader's browser asks a stranger's server; one that is nowhere is
      // its words.
      let words = alternative.isEmpty ? context.strings.text("image") : alternative
      if case .external = target, !progress.isInLink {
        openLink(target, title: title, into: &buffer)
        buffer.writeEscaped(words)
        buffer.write("</a>")
      } else {
        buffer.writeEscaped(words)
      }
      return
    }
    let dark = medium == .page ? context.darkImages[address.path] : nil
    if let dark {
      buffer.write("<picture><source media=\"(prefers-color-scheme: dark)\" srcset=\"")
      buffer.writeEscaped(href(dark))
      buffer.write("\">")
    }
    buffer.write("<img src=\"")
    buffer.writeEscaped(href(address))
    buffer.write("\" alt=\"")
    buffer.writeEscaped(alternative)
    buffer.write("\"")
    if !title.isEmpty {
      buffer.write(" title=\"")
      buffer.writeEscaped(title)
      buffer.write("\"")
    }
    let size = Self.size(width, height, wished: ownWidth, ownHeight)
    if let width = size.width { buffer.write(" width=\"\(width)\"") }
    if let height = size.height { buffer.write(" height=\"\(height)\"") }
    if medium == .page {
      buffer.write(
        progress.images == 1 && beginsPage
          ? " decoding=\"async\"" : " loading=\"lazy\" decoding=\"async\"")
    }
    buffer.write(dark == nil ? ">" : "></picture>")
  }

  /// A player, with a link in it for readers without one; in a feed and within a link there is no player.
  private func player(
    _ address: SiteAddress, _ kind: StoaModel.Medium, _ alternative: String, _ title: String,
    _ width: Int?, _ height: Int?, _ progress: Progress, into buffer: inout ByteBuffer
  ) {
    let file = address.path.utf8.lastIndex(of: UInt8(ascii: "/"))
      .map { String(address.path[address.path.utf8.index(after: $0)...]) }
    let words = alternative.isEmpty ? file ?? address.path : alternative
    guard !progress.isInLink else { return buffer.writeEscaped(words) }
    let isPage = medium == .page
    if isPage {
      buffer.write(kind == .video ? "<video" : "<audio")
      buffer.write(" controls=\"\" preload=\"metadata\" src=\"")
      buffer.writeEscaped(href(address))
      buffer.write("\" aria-label=\"")
      buffer.writeEscaped(words)
      buffer.write("\"")
      if kind == .video {
        if let width { buffer.write(" width=\"\(width)\"") }
        if let height { buffer.write(" height=\"\(height)\"") }
      }
      buffer.write(">")
    }
    openLink(.site(address, title: ""), title: title, into: &buffer)
    buffer.writeEscaped(words)
    buffer.write("</a>")
    if isPage { buffer.write(kind == .video ? "</video>" : "</audio>") }
  }

  /// Both sides where they can be known, so that nothing moves when the image comes.
  ///
  /// The author's sides are a box that the image fits into: its own ratio is the one that a browser shows.
  private static func size(
    _ width: Int?, _ height: Int?, wished ownWidth: Int?, _ ownHeight: Int?
  ) -> (width: Int?, height: Int?) {
    guard let width, let height, width > 0, height > 0 else { return (ownWidth, ownHeight) }
    switch (ownWidth, ownHeight) {
    case (nil, nil): return (width, height)
    case (let own?, nil) where own <= 1 << 20: return (own, max(1, own * height / width))
    case (nil, let own?) where own <= 1 << 20: return (max(1, own * width / height), own)
    case (let ownWidth?, let ownHeight?) where ownWidth <= 1 << 20 && ownHeight <= 1 << 20:
      let fitting = ownHeight * width / height
      // Sizes that are rounded already stay.
      if abs(fitting - ownWidth) <= 1 { return (ownWidth, ownHeight) }
      return fitting < ownWidth
        ? (max(1, fitting), ownHeight) : (ownWidth, max(1, ownWidth * height / width))
    default: return (ownWidth, ownHeight)
    }
  }

  private func code(_ language: String, _ text: StoredBytes, into buffer: inout ByteBuffer) {
    // A wide block scrolls on its own, and the keyboard must be able to reach it.
    buffer.write(medium == .page ? "<pre tabindex=\"0\"><code" : "<pre><code")
    if !language.isEmpty {
      buffer.write(" class=\"language-")
      buffer.writeEscaped(language)
      buffer.write("\"")
    }
    buffer.write(">")
    if let bytes = try? text.load() {
      // Readers of feeds have no style sheet.
      let colours = medium == .page ? context.highlights[language, bytes] : nil
      let spans = colours ?? [CodeSpan(nil, length: bytes.count)]
      bytes.withUnsafeBufferPointer { Self.write(spans, of: $0, into: &buffer) }
    }
    buffer.write("</code></pre>\n")
  }

  /// Writes a text in coloured runs.
  ///
  /// However the runs were found, every byte of the text is written, once, escaped; a class is one of a closed list.
  private static func write(
    _ spans: [CodeSpan], of text: UnsafeBufferPointer<UInt8>, into buffer: inout ByteBuffer
  ) {
    var rest = text[...]
    for span in spans {
      let run = rest.prefix(span.length)
      rest = rest.dropFirst(span.length)
      guard let token = span.token else {
        buffer.writeEscaped(UnsafeBufferPointer(rebasing: run))
        continue
      }
      buffer.write("<span class=\"")
      buffer.write(token.rawValue)
      buffer.write("\">")
      buffer.writeEscaped(UnsafeBufferPointer(rebasing: run))
      buffer.write("</span>")
    }
    buffer.writeEscaped(UnsafeBufferPointer(rebasing: rest))
  }

  private func href(_ address: SiteAddress) -> String {
    medium == .page ? context.site.href(address) : context.site.absolute(address)
  }
}
