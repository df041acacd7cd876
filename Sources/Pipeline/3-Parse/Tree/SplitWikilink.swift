import CMarkGFM
import StoaModel

/// A wikilink that cmark-gfm has split into several nodes, because of code, emphasis or a line end between its brackets.
struct SplitWikilink {
  /// As plain text.
  private(set) var target: [UInt8] = []
  /// As plain text; nil when there is no bar.
  private(set) var label: [UInt8]?
  /// The nodes between the first and the last piece of text.
  fileprivate private(set) var middle: [Node] = []
  /// The number of nodes in `middle` before the bar, and the rest of the bar's own text, which belongs to the label.
  fileprivate private(set) var bar: (index: Int, rest: [UInt8])?
  /// The text with the closing brackets, its part that belongs to the label, and the rest after the wikilink.
  fileprivate let tail: Node
  fileprivate let tailLabel: [UInt8]
  fileprivate let rest: [UInt8]

  /// Reads the wikilink whose brackets are at an index of a text and are not closed in it; nil when there is none.
  ///
  /// Except in code, no other bracket is allowed in between, so that a text full of brackets is read in linear time.
  init?(in bytes: [UInt8], at start: Int, of node: Node) {
    let head = bytes[(start + 2)...]
    guard !head.contains(where: Self.isBracket) else { return nil }
    var reading = Reading()
    reading.take(head, index: 0)
    var next = node.next
    while let sibling = next {
      next = sibling.next
      switch sibling.type {
      case CMARK_NODE_TEXT:
        let literal = Array(sibling.literal)
        guard let close = literal.firstIndex(where: Self.isBracket) else {
          reading.take(literal[...], index: middle.count)
          break
        }
        guard close + 1 < literal.count, literal[close] == UInt8(ascii: "]"),
          literal[close + 1] == UInt8(ascii: "]")
        else { return nil }
        let isLabel = reading.bar != nil
        reading.take(literal[..<close], index: middle.count)
        tail = sibling
        tailLabel = isLabel ? Array(literal[..<close]) : []
        rest = Array(literal[(close + 2)...])
        target = BlockText.collapsed(reading.target[...])
        label = reading.bar.map { _ in BlockText.collapsed(reading.label[...]) }
        bar = reading.bar
        if label?.isEmpty ?? true { (label, bar) = (nil, nil) }
        if target.isEmpty { return nil }
        return
      case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK: reading.append(CollectionOfOne(0x20))
      case CMARK_NODE_CODE: reading.append(sibling.literal)
      case CMARK_NODE_HTML_INLINE: break
      case CMARK_NODE_LINK, CMARK_NODE_IMAGE, CMARK_NODE_FOOTNOTE_REFERENCE: return nil
      default:
        guard let words = Self.plainText(of: sibling) else { return nil }
        reading.append(words)
      }
      middle.append(sibling)
    }
    return nil
  }

  /// The parts that have been read, on both sides of the bar.
  private struct Reading {
    var target: [UInt8] = []
    var label: [UInt8] = []
    var bar: (index: Int, rest: [UInt8])?

    /// Adds a piece of text, which may have the bar.
    mutating func take(_ text: ArraySlice<UInt8>, index: Int) {
      guard bar == nil, let place = text.firstIndex(of: UInt8(ascii: "|")) else {
        return append(text)
      }
      append(text[..<place])
      bar = (index, Array(text[(place + 1)...]))
      append(text[(place + 1)...])
    }

    mutating func append(_ words: some Collection<UInt8>) {
      if bar == nil { target += words } else { label += words }
    }
  }

  private static func isBracket(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "[") || byte == UInt8(ascii: "]")
  }

  /// The text of emphasis; nil when it contains brackets, links or images.
  private static func plainText(of node: Node) -> [UInt8]? {
    var words: [UInt8] = []
    var current = node
    while true {
      switch current.type {
      case CMARK_NODE_TEXT:
        guard !current.literal.contains(where: isBracket) else { return nil }
        words += current.literal
      case CMARK_NODE_CODE: words += current.literal
      case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK: words.append(0x20)
      case CMARK_NODE_LINK, CMARK_NODE_IMAGE, CMARK_NODE_FOOTNOTE_REFERENCE: return nil
      default: break
      }
      if let child = current.firstChild {
        current = child
        continue
      }
      while current != node, current.next == nil, let parent = current.parent { current = parent }
      guard current != node, let next = current.next else { return words }
      current = next
    }
  }
}

extension TreeEditor {
  /// Replaces a wikilink of several nodes, of which `node` is the first, with a link; `node` is removed from the tree.
  ///
  /// The nodes of its label are kept. The iterator continues after the nodes that it has already visited.
  mutating func place(
    _ split: SplitWikilink, isEmbed: Bool, isAlone: Bool, in node: Node,
    at place: SourceLines.Place
  ) {
    let target = mayHoldControls ? Self.cleaned(split.target) : split.target
    shiftedText = (split.tail, split.tail.literal.count - split.rest.count)
    split.tail.setLiteral(split.rest)
    let seen: Node
    let isQuote =
      isAlone && split.rest.isEmpty && isWholeParagraph(node, through: split.tail)
      && Self.isQuotable(target)
    if isEmbed, isMedium(target) {
      seen = embed(file: target[...], label: (split.label ?? [])[...], at: place, before: node)
      for part in split.middle { part.unlink() }
    } else if isEmbed, isQuote {
      seen = quote(
        typed(target, from: place.line, through: split), label: split.label ?? [], at: place,
        before: node)
      for part in split.middle { part.unlink() }
    } else {
      if isEmbed { reportEmbeddedText(target[...], at: place) }
      let content = Slot.Content.wikilink(
        target: String(decoding: typed(target, from: place.line, through: split), as: UTF8.self),
        hasLabel: split.label != nil)
      if let bar = split.bar {
        let link = make.link()
        for part in split.middle.prefix(bar.index) { part.unlink() }
        if !bar.rest.isEmpty, bar.index <= split.middle.count { link.append(make.text(bar.rest)) }
        // If the bar is in a text node, the label begins with the rest of that node.
        let label = split.middle.dropFirst(bar.index)
        let isOwnText = bar.index > 0 && label.first?.type == CMARK_NODE_TEXT
        if isOwnText { label.first?.unlink() }
        for part in isOwnText ? label.dropFirst() : label { link.append(part) }
        if !split.tailLabel.isEmpty { link.append(make.text(split.tailLabel)) }
        link.insert(before: split.tail)
        madeLink = (link, addSlot(content, at: place))
        seen = make.text([])
        seen.insert(before: link)
      } else {
        for part in split.middle { part.unlink() }
        seen = self.place(content, label: nil, typed: target[...], at: place, before: node)
      }
    }
    node.unlink()
    cmark_iter_reset(iterator, seen.pointer, CMARK_EVENT_ENTER)
  }

  private static func cleaned(_ bytes: [UInt8]) -> [UInt8] {
    bytes.withUnsafeBufferPointer { ControlBytes.replaced(in: $0) }
  }

  /// A target before smart punctuation changed its quotes and dashes, unless the lines have such characters themselves.
  private mutating func typed(
    _ target: [UInt8], from line: Int, through split: SplitWikilink
  ) -> [UInt8] {
    guard text.smartPunctuation, !target.allSatisfy({ $0 < 0x80 }) else { return target }
    let lines = (line...max(line, split.tail.line)).flatMap { source.line($0) }
    let written = String(decoding: lines, as: UTF8.self).unicodeScalars
    let plain: [Unicode.Scalar: String] = [
      "\u{2018}": "'", "\u{2019}": "'", "\u{201C}": "\"", "\u{201D}": "\"", "\u{2013}": "--",
      "\u{2014}": "---", "\u{2026}": "...",
    ]
    let scalars = String(decoding: target, as: UTF8.self).unicodeScalars
    return scalars.flatMap { scalar -> [UInt8] in
      guard let typed = plain[scalar], !written.contains(scalar) else {
        return Array(String(scalar).utf8)
      }
      return Array(typed.utf8)
    }
  }
}
