import CMarkGFM
import StoaModel

extension TreeEditor {
  /// Finds wikilinks and mentions in a text node.
  mutating func meetText(_ node: Node) {
    if mayHoldControls { node.setLiteral(cleaned(node.literal)) }
    let literal = node.literal
    let start = self.place(of: node)
    if start.line > 0 {
      reached = SourceLines.Place(line: start.line, column: start.column + literal.count)
    }
    guard openImage == nil, openLink == nil, openElement == nil,
      literal.hasAny({ $0.equal(to: UInt8(ascii: "@")) | $0.equal(to: UInt8(ascii: "[")) })
    else {
      if openLink == nil { findUnread(in: literal[...]) }
      appendPlain(literal)
      return
    }
    let bytes = Array(literal)
    var written = 0
    // The end of the text that was searched for brackets that are shown as text.
    var checked = 0
    var index = 0
    while let next = bytes[index...].firstIndex(where: {
      $0 == UInt8(ascii: "@") || $0 == UInt8(ascii: "[")
    }) {
      index = next
      if let wikilink = Wikilink(in: bytes, at: index) {
        guard !isEscaped(bytes[wikilink.range], in: node) else {
          findUnread(in: bytes[checked..<index])
          index = wikilink.range.upperBound
          checked = index
          continue
        }
        findUnread(in: bytes[checked..<index])
        checked = wikilink.range.upperBound
        let isEmbed = isEmbed(bytes, from: written, at: index, in: node)
        keep(bytes[written..<(isEmbed ? index - 1 : index)], before: node)
        if isEmbed {
          let isAlone =
            wikilink.range == 1..<bytes.count && isWholeParagraph(node, through: node)
          embed(wikilink, written: bytes[wikilink.range], isAlone: isAlone, before: node)
        } else {
          place(wikilink, written: bytes[wikilink.range], before: node)
        }
        index = wikilink.range.upperBound
        written = index
      } else if bytes[index] == UInt8(ascii: "["), index + 1 < bytes.count,
        bytes[index + 1] == UInt8(ascii: "["),
        !isEscaped(Self.beginning(of: bytes, from: index), in: node)
      {
        findUnread(in: bytes[checked..<index])
        checked = index
        if let split = SplitWikilink(in: bytes, at: index, of: node) {
          let isEmbed = isEmbed(bytes, from: written, at: index, in: node)
          keep(bytes[written..<(isEmbed ? index - 1 : index)], before: node)
          place(
            split, isEmbed: isEmbed, isAlone: index == 1, in: node,
            at: place(of: Self.beginning(of: bytes, from: index), at: index, in: node))
          return
        }
        unreadWikilink = place(of: Self.beginning(of: bytes, from: index), at: index, in: node)
        index += 1
      } else if bytes[index] == UInt8(ascii: "@"),
        !Mention.isForbidden(after: index > written ? bytes[..<index] : block.bytes[...]),
        let end = Mention.end(in: bytes, at: index)
      {
        guard !isEscaped(bytes[index..<end], in: node) else {
          index = end
          continue
        }
        keep(bytes[written..<index], before: node)
        place(mention: bytes[index..<end], at: index, before: node)
        index = end
        written = end
      } else {
        index += 1
      }
    }
    findUnread(in: bytes[checked...])
    guard written > 0 else {
      block.append(bytes)
      return
    }
    keep(bytes[written...], before: node)
    node.unlink()
  }

  /// A prefix of a text that is long enough to find it in a line.
  static func beginning(of bytes: [UInt8], from index: Int) -> ArraySlice<UInt8> {
    bytes[index...].prefix(64)
  }

  /// Whether the author wrote a backslash before a reference, to have it as plain text.
  ///
  /// cmark-gfm has removed the backslash and joined the text around it, so the source is searched.
  mutating func isEscaped(_ reference: ArraySlice<UInt8>, in node: Node) -> Bool {
    let place = place(of: reference, at: reference.startIndex, in: node)
    let line = source.line(place.line)
    let start = line.startIndex + place.column - 1
    guard start <= line.endIndex, line[start...].starts(with: reference) else { return false }
    return line[..<start].reversed().prefix { $0 == UInt8(ascii: "\\") }.count % 2 == 1
  }

  private mutating func keep(_ bytes: ArraySlice<UInt8>, before node: Node) {
    guard !bytes.isEmpty else { return }
    make.text(Array(bytes)).insert(before: node)
    block.append(bytes)
  }

  mutating func place(
    _ wikilink: Wikilink, written: ArraySlice<UInt8>, before node: Node
  ) {
    let target = typedTarget(of: wikilink, written: written, in: node)
    self.place(
      .wikilink(
        target: String(decoding: target.bytes, as: UTF8.self), hasLabel: wikilink.label != nil),
      label: wikilink.label, typed: wikilink.target, at: target.place, before: node)
  }

  /// Whether some pieces of text are all that there is of a paragraph.
  func isWholeParagraph(_ first: Node, through last: Node) -> Bool {
    first.previous == nil && last.next == nil && first.parent?.type == CMARK_NODE_PARAGRAPH
  }

  /// A wikilink's target as it was typed, and where.
  mutating func typedTarget(
    of wikilink: Wikilink, written: ArraySlice<UInt8>, in node: Node
  ) -> (bytes: ArraySlice<UInt8>, place: SourceLines.Place) {
    let place = place(of: written, at: written.startIndex, in: node)
    guard text.smartPunctuation, !wikilink.target.allSatisfy({ $0 < 0x80 }) else {
      return (wikilink.target, place)
    }
    let bracket = source.place(of: "[[".utf8, near: place)
    return (typedTarget(of: wikilink, at: bracket), bracket)
  }

  /// Inserts a link: with a label, or with a slot for its text, which was typed in another form.
  @discardableResult
  mutating func place(
    _ content: Slot.Content, label: ArraySlice<UInt8>?, typed: ArraySlice<UInt8>,
    at place: SourceLines.Place, before node: Node
  ) -> Node {
    let slot = addSlot(content, at: place)
    let start = block.count
    make.inline(Self.opening(of: slot)).insert(before: node)
    if let label {
      make.text(Array(label)).insert(before: node)
      block.append(label)
    } else {
      make.inline("\u{1}t\(slot)\u{2}").insert(before: node)
      block.append(slot: slot, typed: Array(typed))
    }
    let end = make.inline("</a>")
    end.insert(before: node)
    block.mark(slot, from: start)
    return end
  }

  /// A wikilink's target before smart punctuation changed its quotes and dashes; unchanged if the source has something else there.
  private mutating func typedTarget(
    of wikilink: Wikilink, at place: SourceLines.Place
  ) -> ArraySlice<UInt8> {
    let line = Array(source.line(place.line))
    guard let typed = Wikilink(in: line, at: place.column - 1) else { return wikilink.target }
    let isWord: (UInt8) -> Bool = { $0 < 0x80 && Unicode.Scalar($0).properties.isAlphabetic }
    let isSame = typed.target.filter(isWord) == wikilink.target.filter(isWord)
    guard isSame else { return wikilink.target }
    // The source still has the control bytes that the tree has no longer.
    return Array(typed.target).withUnsafeBufferPointer { ControlBytes.replaced(in: $0) }[...]
  }

  private mutating func place(
    mention: ArraySlice<UInt8>, at index: Int, before node: Node
  ) {
    let slot = addSlot(
      .mention(handle: String(decoding: mention.dropFirst(), as: UTF8.self)),
      at: place(of: mention, at: index, in: node))
    make.inline("\u{1}m\(slot)\u{2}").insert(before: node)
    let start = block.count
    block.append(mention)
    block.mark(slot, from: start)
  }

  /// The place in the source of words at an offset of a node's text.
  mutating func place(
    of words: ArraySlice<UInt8>, at offset: Int, in node: Node
  ) -> SourceLines.Place {
    let shift = shiftedText.map { $0.node == node ? $0.by : 0 } ?? 0
    let start = self.place(of: node)
    let near = SourceLines.Place(
      line: start.line > 0 ? start.line : line, column: max(start.column, 1) + offset + shift)
    return source.place(of: words, near: near)
  }
}
