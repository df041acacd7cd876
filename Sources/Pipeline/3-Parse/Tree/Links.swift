import CMarkGFM
import StoaHTML
import StoaModel

/// A link that has not ended yet.
struct OpenLink {
  let slot: Int
  /// The start of its text in the block's plain text.
  let start: Int
}

/// An image that has not ended yet.
struct OpenImage {
  let place: SourceLines.Place
  /// Images can be nested in alternative texts; only the outermost is shown as an image.
  var depth = 1
  var alternative: [UInt8] = []
}

extension TreeEditor {
  mutating func enterLink(_ node: Node) {
    guard openImage == nil else { return }
    if let made = madeLink, made.node == node {
      openLink = OpenLink(slot: made.slot, start: block.count)
      madeLink = nil
      return
    }
    let address = cleaned(node.address)
    let slot = addSlot(
      .link(
        address: String(decoding: address, as: UTF8.self), title: cleanedText(node.title)),
      at: place(of: node, address: address))
    openLink = OpenLink(slot: slot, start: block.count)
  }

  mutating func leaveLink(_ node: Node) {
    guard openImage == nil, let link = openLink else { return }
    openLink = nil
    switch slots[link.slot].content {
    case .link(let address, _) where leadsOut(address): break
    default: block.mark(link.slot, from: link.start)
    }
    make.inline(Self.opening(of: link.slot)).insert(before: node)
    while let child = node.firstChild { child.insert(before: node) }
    make.inline("</a>").insert(before: node)
    node.unlink()
  }

  mutating func enterImage(_ node: Node) {
    if openImage == nil {
      openImage = OpenImage(place: place(of: node, address: []))
    } else {
      openImage?.depth += 1
    }
  }

  mutating func leaveImage(_ node: Node) {
    openImage?.depth -= 1
    guard let image = openImage, image.depth == 0 else { return }
    openImage = nil
    let address = cleanedText(node.address)
    let size = takeSize(from: image.alternative, at: image.place)
    let alternative = String(decoding: size.words, as: UTF8.self)
    if text.isMain {
      let slot = addSlot(
        .image(
          address: address, alternative: alternative, title: cleanedText(node.title),
          width: size.width, height: size.height), at: image.place)
      make.inline("\u{1}i\(slot)\u{2}").insert(before: node)
    } else {
      showAsLink(node, address: address, alternative: alternative, at: image.place)
    }
    node.unlink()
  }

  /// Replaces an image with a link with the same text: an image from another host would cause a third-party request.
  private mutating func showAsLink(
    _ node: Node, address: String, alternative: String, at place: SourceLines.Place
  ) {
    let words = alternative.isEmpty ? address : alternative
    guard openLink == nil else {
      make.text(Array(words.utf8)).insert(before: node)
      block.append(words.utf8)
      return
    }
    let slot = addSlot(.link(address: address, title: cleanedText(node.title)), at: place)
    let start = block.count
    block.append(words.utf8)
    if !leadsOut(address) { block.mark(slot, from: start) }
    make.inline(Self.opening(of: slot)).insert(before: node)
    make.text(Array(words.utf8)).insert(before: node)
    make.inline("</a>").insert(before: node)
  }

  /// The tag that the sanitiser turns into the start of a slot.
  static func opening(of slot: Int) -> String { "<a href=\"\u{1}\(slot)\u{2}\">" }

  /// Whether a URL is external, so that its sentence is not needed for a backlink.
  private func leadsOut(_ address: String) -> Bool {
    let start = address.utf8.prefix(8).map { $0 | 0x20 }
    if start.starts(with: "mailto:".utf8) { return true }
    let scheme = ["https://", "http://"].first { start.starts(with: $0.utf8) }
    guard let scheme else { return false }
    let own = text.ownHost.utf8
    return own.isEmpty
      || !address.utf8.dropFirst(scheme.utf8.count).prefix(own.count).map(ASCII.lowercased)
        .elementsEqual(own)
  }

  /// The place of a link or image in the source.
  ///
  /// cmark-gfm gives a link the line of its end, and an autolink no place at all.
  private mutating func place(of node: Node, address: [UInt8]) -> SourceLines.Place {
    let child = node.firstChild
    var place = self.place(of: node)
    if let child, child.line > 0 {
      let words = self.place(of: child)
      place.line = words.line
      if node.line == 0 { place.column = words.column }
    }
    if place.line == 0 { place = reached }
    if node.type == CMARK_NODE_IMAGE { return source.place(of: "![".utf8, near: place) }
    let words = child?.literal ?? UnsafeBufferPointer(start: nil, count: 0)
    let isAutolink = !words.isEmpty && address.suffix(words.count).elementsEqual(words)
    if isAutolink { return source.place(of: Array(words), near: place) }
    return source.place(of: "[".utf8, near: place)
  }
}
