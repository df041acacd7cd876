import CMarkGFM
import StoaModel

/// The footnotes of a document: cmark-gfm numbers them in order of first reference, drops definitions without a reference and puts
/// the others, in order of their numbers, at the document's end.
struct Footnotes {
  /// The number of references to each footnote.
  fileprivate(set) var references: [Int: Int] = [:]
  /// The footnotes that the current block refers to, in order.
  fileprivate var inBlock: [Int] = []
  var definitions: [Node] = []

  /// Call this at the end of a block.
  mutating func finishBlock() {
    inBlock.removeAll(keepingCapacity: true)
  }

  /// Removes the references of the current block, which is removed from the document: no link may lead back to them.
  mutating func forgetBlock() {
    for number in inBlock { references[number, default: 1] -= 1 }
    finishBlock()
  }
}

extension TreeEditor {
  mutating func leaveFootnoteReference(_ node: Node) {
    let digits = String(decoding: node.literal, as: UTF8.self)
    if let number = Int(digits), openImage == nil {
      let count = footnotes.references[number, default: 0] + 1
      footnotes.references[number] = count
      footnotes.inBlock.append(number)
      // The id is not the link's own: within another link only the number is written.
      let id = "id=\"\u{3}\(referenceId(number, count))\""
      let anchor = "<a href=\"\u{3}#fn-\(footnoteId(number))\">\(number)</a>"
      make.inline("<sup \(id) class=\"\u{3}footnote-ref\">\(anchor)</sup>").insert(before: node)
    }
    node.unlink()
  }

  /// Writes the definitions as one section at the end, each with a link back to every reference.
  mutating func placeFootnotes(in root: Node) {
    guard !footnotes.definitions.isEmpty else { return }
    let section = make.block(
      opening: "<div class=\"\u{3}footnotes\">\n<ol>", closing: "</ol>\n</div>")
    for (index, definition) in footnotes.definitions.enumerated() {
      let number = index + 1
      let item = make.block(opening: "<li id=\"\u{3}fn-\(footnoteId(number))\">", closing: "</li>")
      definition.moveChildren(to: item)
      definition.unlink()
      if item.lastChild?.type != CMARK_NODE_PARAGRAPH { item.append(make.paragraph()) }
      for count in stride(from: 1, through: footnotes.references[number] ?? 0, by: 1) {
        if let paragraph = item.lastChild {
          if paragraph.firstChild != nil { paragraph.append(make.inline(" ")) }
          paragraph.append(make.inline(backLink(to: number, count)))
        }
      }
      section.append(item)
    }
    root.append(section)
  }

  private mutating func backLink(to number: Int, _ count: Int) -> String {
    let slot = addSlot(
      .backLink(
        anchor: referenceId(number, count),
        label: count > 1 ? "\(number)-\(count)" : "\(number)"),
      at: SourceLines.Place(line: 1, column: 1))
    return "\u{1}f\(slot)\u{2}"
  }

  private func referenceId(_ number: Int, _ count: Int) -> String {
    // Not a hyphen: a response may be called `7`, and `fnref-7-2` be its second footnote.
    "fnref-\(footnoteId(number))" + (count > 1 ? "_\(count)" : "")
  }

  private func footnoteId(_ number: Int) -> String {
    text.footnotePrefix.isEmpty ? "\(number)" : "\(text.footnotePrefix)-\(number)"
  }
}
