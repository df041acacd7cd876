import CMarkGFM
import StoaHTML
import StoaModel

extension TreeEditor {
  /// The level-1 heading at the top; comments, which nobody sees, may stand before it.
  func leadingHeading(of root: Node) -> Node? {
    var first = root.firstChild
    while let node = first, node.type == CMARK_NODE_HTML_BLOCK, Self.isComment(node.literal) {
      first = node.next
    }
    return first?.headingLevel == 1 ? first : nil
  }

  /// Whether a piece of HTML is comments alone.
  private static func isComment(_ html: UnsafeBufferPointer<UInt8>) -> Bool {
    var rest = html[...]
    while true {
      rest = rest.drop(while: ASCII.isSpace)
      guard !rest.isEmpty else { return true }
      guard rest.starts(with: "<!--".utf8) else { return false }
      rest = rest.dropFirst(4)
      while !rest.isEmpty, !rest.starts(with: "-->".utf8) {
        // From one hyphen to the next, by the C library.
        let next = html.firstIndex(of: UInt8(ascii: "-"), from: rest.startIndex + 1)
        rest = html[(next ?? html.count)...]
      }
      rest = rest.dropFirst(3)
    }
  }

  /// Gives a heading its level on the page and, in a page's main text, its id.
  mutating func leaveHeading(_ node: Node) {
    let level = node.headingLevel
    guard text.isMain else {
      // Under the heading of a response, which is an h3.
      cmark_node_set_heading_level(node.pointer, Int32(min(level + 3, 6)))
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
    let id = identifiers.next(for: typedWords(of: words))
    headings.append(Heading(level: shown, id: id, text: words, line: fileLine(line)))
    let replacement = make.block()
    replacement.append(make.inline("<h\(shown) id=\"\u{3}\(id)\">"))
    node.moveChildren(to: replacement)
    replacement.append(make.inline("</h\(shown)>"))
    replacement.insert(before: node)
    node.unlink()
  }

  /// A heading's words before smart punctuation made dashes of hyphens, which ids keep: an id must not depend on a setting.
  ///
  /// Quotation marks and dots are in no id, whichever way they are written.
  private mutating func typedWords(of words: String) -> String {
    // U+2013 and U+2014.
    guard text.smartPunctuation, words.utf8.contains(0xE2),
      words.unicodeScalars.contains(where: { $0 == "\u{2013}" || $0 == "\u{2014}" })
    else { return words }
    return typedHeadings.indices.contains(headings.count) ? typedHeadings[headings.count] : words
  }
}
