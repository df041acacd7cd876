import StoaModel

// Inline elements.
extension MarkdownBody {
  /// The words of nodes without blocks.
  func line(of nodes: [Node], _ around: [Node]) -> MarkdownLine {
    var line = MarkdownLine()
    for node in around { begin(node, &line) }
    add(nodes, to: &line)
    for node in around.reversed() { end(node, &line) }
    return line
  }

  func add(_ nodes: [Node], to line: inout MarkdownLine) {
    for node in nodes { add(node, to: &line) }
  }

  /// Appends elements with dots between them, as pages show some lists.
  func addDotted(_ nodes: [Node], to line: inout MarkdownLine) {
    var isFirst = true
    for node in nodes where !node.isText {
      if !isFirst { line.text(" · ") }
      isFirst = false
      add(node, to: &line)
    }
  }

  private func add(_ node: Node, to line: inout MarkdownLine) {
    switch node.name {
    case "": addText(node.range, to: &line)
    case "code", "kbd", "samp": addCode(node, to: &line)
    case "br": line.lineBreak()
    case "wbr", "rp": break
    case "hr": line.space()
    case "img":
      line.add(
        .image(
          alternative: node.attribute("alt", in: html) ?? "",
          address: node.attribute("src", in: html) ?? "",
          title: node.attribute("title", in: html) ?? ""))
    case "input":
      line.add(.box(isChecked: node.attribute("checked", in: html) != nil))
      line.space()
    case "sup" where node.hasClass("footnote-ref", in: html): addFootnote(node, to: &line)
    case "a" where node.hasClass("footnote-backref", in: html): break
    default:
      begin(node, &line)
      add(node.children, to: &line)
      end(node, &line)
    }
  }

  private func addText(_ range: Range<Int>, to line: inout MarkdownLine) {
    var start = range.lowerBound
    var index = start
    while let mark = html.firstIndex(of: UInt8(ascii: "&"), from: index), mark < range.upperBound {
      guard let reference = CharacterReference(in: html, at: mark, before: range.upperBound) else {
        index = mark + 1
        continue
      }
      line.text(UnsafeBufferPointer(rebasing: html[start..<mark]))
      if let scalar = reference.scalar {
        line.text(String(scalar))
      } else {
        // The reference is kept, because browsers and markdown parsers may know its name.
        line.add(.reference(Array(html[reference.range])))
      }
      start = reference.range.upperBound
      index = start
    }
    line.text(UnsafeBufferPointer(rebasing: html[start..<range.upperBound]))
  }

  /// Code has no markup except links.
  private func addCode(_ node: Node, to line: inout MarkdownLine) {
    if node.isText {
      line.code(Array(CharacterReference.decoded(html, in: node.range).utf8))
    } else if node.name == "br" {
      line.lineBreak()
    } else if node.name == "a" {
      begin(node, &line)
      for child in node.children { addCode(child, to: &line) }
      end(node, &line)
    } else if ["img", "input", "sup"].contains(node.name) {
      add(node, to: &line)
    } else {
      for child in node.children { addCode(child, to: &line) }
    }
  }

  /// The number of a footnote, with the link to it.
  private func addFootnote(_ node: Node, to line: inout MarkdownLine) {
    let link = node.children.first { $0.name == "a" }
    let number = (link ?? node).children.first { $0.isText }
      .map { String(decoding: html[$0.range], as: UTF8.self) }
    let mark = Self.mark(of: number ?? "")
    if let address = link?.attribute("href", in: html) {
      line.link(mark, to: address)
    } else {
      line.text(mark)
    }
  }

  private func begin(_ node: Node, _ line: inout MarkdownLine) {
    switch node.name {
    case "em", "i", "cite", "dfn", "var": line.open(.emphasis)
    case "strong", "b": line.open(.strong)
    case "del", "s": line.open(.deleted)
    case "a": line.openLink()
    case "q": line.text("\"")
    case "rt": line.text("(")
    case "sup": line.add(.tag("<sup>"))
    case "sub": line.add(.tag("<sub>"))
    default: break
    }
  }

  private func end(_ node: Node, _ line: inout MarkdownLine) {
    switch node.name {
    case "em", "i", "cite", "dfn", "var": line.close(.emphasis)
    case "strong", "b": line.close(.strong)
    case "del", "s": line.close(.deleted)
    case "a":
      line.closeLink(
        address: node.attribute("href", in: html) ?? "",
        title: node.attribute("title", in: html) ?? "")
    case "q": line.text("\"")
    case "rt": line.text(")")
    case "sup": line.add(.tag("</sup>"))
    case "sub": line.add(.tag("</sub>"))
    default: break
    }
  }
}
