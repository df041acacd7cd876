import CMarkGFM
import StoaHTML
import StoaModel

extension TreeEditor {
  /// The level-1 heading at the top; comments may precede it.
  func leadingHeading(of root: Node) -> Node? {
    var first = root.firstChild
    while let node = first, node.type == CMARK_NODE_HTML_BLOCK, Self.isComment(node.literal) {
      first = node.next
    }
    return first?.headingLevel == 1 ? first : nil
  }

  /// Whether a piece of HTML consists of comments.
  private static func isComment(_ html: UnsafeBufferPointer<UInt8>) -> Bool {
    var rest = html[...]
    while true {
      rest = rest.drop(while: ASCII.isSpace)
      guard !rest.isEmpty else { return true }
      guard rest.starts(with: "<!--".utf8) else { return false }
      rest = rest.dropFirst(4)
      while !rest.isEmpty, !rest.starts(with: "-->".utf8) {
        // The C library finds the next hyphen.
        let next = html.firstIndex(of: UInt8(ascii: "-"), from: rest.startIndex + 1)
        rest = html[(next ?? html.count)...]
      }
      rest = rest.dropFirst(3)
    }
  }

  /// Sets a heading's level on the page and, in a page's main document, its id.
  mutating func leaveHeading(_ node: Node) {
    let level = node.headingLevel
    guard text.isMain else {
      cmark_node_set_heading_level(node.pointer, Int32(levelInResponse(of: level)))
      return
    }
    let words = String(decoding: BlockText.collapsed(block.plain[...]), as: UTF8.self)
      .directionBalanced
    if node == title {
      leadingTitle = words
      slots.removeLast(slots.count - slotsBeforeBlock)
      footnotes.forgetBlock()
      block.clear()
      node.unlink()
      return
    }
    let shown = max(level, 2)
    let id = identifier(of: words)
    headings.append(Heading(level: shown, id: id, text: words, line: fileLine(line)))
    let replacement = make.block()
    let opening = make.inline("<h\(shown) id=\"\u{3}\(id)\">")
    replacement.append(opening)
    if text.anchors.contains(where: { $0.new == id }) {
      anchoredHeadings[headings.count - 1] = opening
    }
    node.moveChildren(to: replacement)
    replacement.append(make.inline("</h\(shown)>"))
    replacement.insert(before: node)
    node.unlink()
  }

  /// The shown level, one below that of the enclosing heading: no level is skipped, whatever the author typed.
  private mutating func levelInResponse(of typed: Int) -> Int {
    while let last = openHeadings.last, last.typed >= typed { openHeadings.removeLast() }
    // The heading of a response is an h3, so its own headings start below it.
    let shown = min((openHeadings.last?.shown ?? 3) + 1, 6)
    openHeadings.append((typed, shown))
    return shown
  }

  /// The id of the current heading: the anchor after its words, or otherwise an id made from its words.
  private mutating func identifier(of words: String) -> String {
    if let chosen = chosenAnchor {
      chosenAnchor = nil
      if identifiers.take(chosen) { return chosen }
      report(
        .shadowedAlias, at: SourceLines.Place(line: line, column: 1),
        "“\(chosen)” is already an anchor of the same page", "give the heading another one")
    }
    return identifiers.next(for: typedWords(of: words))
  }

  /// Removes `{#anchor}` from the end of a heading, and keeps it until the heading ends.
  ///
  /// The iterator is before the heading's first child, so that child must stay.
  mutating func enterHeading(_ node: Node) {
    chosenAnchor = nil
    guard text.isMain, node != title, node.lastChild?.type == CMARK_NODE_TEXT,
      node.lastChild?.literal.last == UInt8(ascii: "}")
    else { return }
    // cmark-gfm splits text at every character that may be syntax.
    var end: [UInt8] = []
    var pieces: [Node] = []
    var next = node.lastChild
    while let piece = next, piece.type == CMARK_NODE_TEXT, end.count <= AnchorName.maximumLength {
      end = piece.literal + end
      pieces.append(piece)
      if piece.literal.contains(UInt8(ascii: "{")) { break }
      next = Node(cmark_node_previous(piece.pointer))
    }
    guard let open = end.lastIndex(of: UInt8(ascii: "{")), open + 2 < end.count,
      end[open + 1] == UInt8(ascii: "#"), let first = pieces.last
    else { return }
    var anchor = String(decoding: end[(open + 2)..<(end.count - 1)], as: UTF8.self)
    if text.smartPunctuation {
      // As it was typed.
      anchor = String(
        String.UnicodeScalarView(
          anchor.unicodeScalars.flatMap { scalar -> [Unicode.Scalar] in
            scalar == "\u{2013}" ? ["-", "-"] : scalar == "\u{2014}" ? ["-", "-", "-"] : [scalar]
          }))
    }
    var words = end[..<open]
    while let last = words.last, ASCII.isSpace(last) { words.removeLast() }
    let isAlone = words.isEmpty && Node(cmark_node_previous(first.pointer)) == nil
    guard AnchorName.isValid(anchor), !isAlone else { return }
    chosenAnchor = anchor
    first.setLiteral(Array(words))
    for piece in pieces.dropLast() { piece.unlink() }
  }

  /// Adds the former anchors to headings, unless something else on the page has the same anchor.
  mutating func placeFormerAnchors() {
    guard !anchoredHeadings.isEmpty else { return }
    for (index, opening) in anchoredHeadings.sorted(by: { $0.key < $1.key }) {
      let heading = headings[index]
      let former = text.anchors.filter { $0.new == heading.id && identifiers.take($0.old) }.map(
        \.old)
      for id in former { make.inline("<span id=\"\u{3}\(id)\"></span>").insert(after: opening) }
      headings[index] = Heading(
        level: heading.level, id: heading.id, text: heading.text, line: heading.line,
        formerIDs: former)
    }
  }

  /// A heading's text before smart punctuation replaced hyphens with dashes; ids keep hyphens, and must not depend on a setting.
  ///
  /// Quotation marks and dots are never part of an id.
  private mutating func typedWords(of words: String) -> String {
    // U+2013 and U+2014.
    guard text.smartPunctuation, words.utf8.contains(0xE2),
      words.unicodeScalars.contains(where: { $0 == "\u{2013}" || $0 == "\u{2014}" })
    else { return words }
    return typedHeadings.indices.contains(headings.count) ? typedHeadings[headings.count] : words
  }
}
