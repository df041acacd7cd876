internal import CMarkGFM
internal import StoaModel

extension TreeEditor {
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
      block.clear()
      node.unlink()
      return
    }
    let shown = max(level, 2)
    let id = identifiers.next(for: words)
    headings.append(Heading(level: shown, id: id, text: words, line: fileLine(line)))
    let replacement = make.block()
    replacement.append(make.inline("<h\(shown) id=\"\u{3}\(id)\">"))
    node.moveChildren(to: replacement)
    replacement.append(make.inline("</h\(shown)>"))
    replacement.insert(before: node)
    node.unlink()
  }
}
