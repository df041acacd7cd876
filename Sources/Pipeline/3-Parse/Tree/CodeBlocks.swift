import StoaModel

extension TreeEditor {
  /// Replaces a code block with a slot, because Render highlights it; diagrams and formulas are code too.
  mutating func meetCodeBlock(_ node: Node) {
    let info = cleaned(node.fenceInfo)
    let language = info.prefix { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A }
    let slot = addSlot(
      .code(
        language: String(decoding: language, as: UTF8.self), text: .memory(cleaned(node.literal))),
      at: SourceLines.Place(line: node.line, column: max(node.column, 1)))
    make.block(opening: "\u{1}c\(slot)\u{2}").insert(before: node)
    node.unlink()
  }
}
