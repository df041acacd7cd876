internal import StoaHTML

extension TreeEditor {
  /// Elements in whose words nobody means a wikilink or a mention.
  private static let quietElements: [[UInt8]] = ["a", "code", "pre"].map { Array($0.utf8) }

  mutating func meetInlineHTML(_ node: Node) {
    let html = cleaned(node.literal)
    guard openImage == nil else { return }
    guard text.isMain else {
      make.text(html).insert(before: node)
      node.unlink()
      block.append(html)
      return
    }
    followElement(html)
    node.setLiteral(marked(html, of: node))
  }

  mutating func meetBlockHTML(_ node: Node) {
    var html = cleaned(node.literal)
    guard text.isMain else {
      if html.last == 0x0A { html.removeLast() }
      let paragraph = make.paragraph()
      paragraph.append(make.text(html))
      paragraph.insert(before: node)
      node.unlink()
      block.append(html)
      finishBlockText()
      return
    }
    node.setLiteral(marked(html, of: node))
  }

  /// Tells the sanitiser where a piece of the author's HTML begins and ends, and on which line of the file.
  private func marked(_ html: [UInt8], of node: Node) -> [UInt8] {
    let line = fileLine(node.line > 0 ? node.line : line)
    return BodyMark.rawHTML(line: line) + html + BodyMark.rawHTMLEnd
  }

  /// Notes where an element begins or ends in whose words nothing is looked for.
  private mutating func followElement(_ html: [UInt8]) {
    let isEnd = html.dropFirst().first == UInt8(ascii: "/")
    let name = html.dropFirst(isEnd ? 2 : 1).prefix { Unicode.Scalar($0).properties.isAlphabetic }
      .map { $0 | 0x20 }
    if isEnd {
      if openElement == name { openElement = nil }
    } else if openElement == nil, Self.quietElements.contains(name) {
      openElement = name
    }
  }
}
