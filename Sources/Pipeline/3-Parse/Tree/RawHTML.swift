import StoaHTML

extension TreeEditor {
  /// Elements whose text is not searched for wikilinks and mentions.
  private static let quietElements: [[UInt8]] = ["a", "code", "pre"].map { Array($0.utf8) }

  mutating func meetInlineHTML(_ node: Node) {
    let html = cleaned(node.literal)
    guard text.isMain else {
      appendPlain(html)
      guard openImage == nil else { return }
      make.text(html).insert(before: node)
      node.unlink()
      return
    }
    let near = self.place(of: node)
    let place = source.place(of: html.prefix { $0 != 0x0A }, near: near.line > 0 ? near : reached)
    let number = pieces?.add(
      node.literal, at: place, blockLine: line, isBlock: false,
      isOnPage: !isInTitle && openImage == nil)
    if HTMLText.isText(html) {
      appendPlain(html)
    } else if isInTitle || openImage != nil, let name = HTMLText.startedElement(html) {
      htmlRemarks.add(
        .removedFromWords, name, at: HTMLPlace(line: fileLine(place.line), column: place.column))
    }
    guard openImage == nil else { return }
    hasInlineHTML = true
    followElement(html)
    node.setLiteral(
      BodyMark.inlineHTML(line: number ?? fileLine(place.line), column: place.column) + html
        + BodyMark.rawHTMLEnd)
  }

  mutating func meetBlockHTML(_ node: Node) {
    var html = cleaned(node.literal)
    if html.last == 0x0A { html.removeLast() }
    let line = node.line > 0 ? node.line : line
    let column = max(node.column, 1)
    guard text.isMain else {
      let paragraph = make.paragraph()
      paragraph.append(make.text(html))
      insert(paragraph, before: node)
      node.unlink()
      block.append(html)
      finishBlockText()
      return
    }
    let place = SourceLines.Place(line: line, column: column)
    let number = pieces?.add(
      node.literal, at: place, blockLine: line, isBlock: true, isOnPage: true)
    guard HTMLText.isText(html) else {
      html.append(0x0A)
      node.setLiteral(
        BodyMark.rawHTML(line: number ?? fileLine(line), column: column) + html
          + BodyMark.rawHTMLEnd)
      return
    }
    // Text in angle brackets that is no tag, and therefore a paragraph.
    let paragraph = make.paragraph()
    let words = make.inline("")
    words.setLiteral(
      BodyMark.inlineHTML(line: number ?? fileLine(line), column: column) + html
        + BodyMark.rawHTMLEnd + BodyMark.blockEnd.utf8)
    paragraph.append(words)
    insert(paragraph, before: node)
    block.append(HTMLText.words(in: html))
    leaveParagraph(node)
    finishBlockText()
    node.unlink()
  }

  /// Inserts a paragraph before a node, in a block of its own: in a tight list cmark-gfm would write it without a line end, and its
  /// last word would join the next one.
  private func insert(_ paragraph: Node, before node: Node) {
    let block = make.block()
    block.append(paragraph)
    block.insert(before: node)
  }

  /// Tracks the start and end of elements whose text is not searched.
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
