import StoaModel

extension TreeEditor {
  /// Replaces a code block, a formula or a diagram with a slot, because Render shows what a tool makes of it.
  mutating func meetCodeBlock(_ node: Node) {
    let content = content(ofBlock: node)
    let slot = addSlot(
      content, at: SourceLines.Place(line: node.line, column: max(node.column, 1)))
    make.block(opening: "\u{1}c\(slot)\u{2}").insert(before: node)
    node.unlink()
  }

  private func content(ofBlock node: Node) -> Slot.Content {
    if let tex = tex(ofBlock: node) { return .formula(source: .memory(tex), form: .block) }
    let source = cleaned(node.literal)
    let language = cleaned(node.fenceLanguage)
    // A visitor's drawing could say something else than its words: in responses a diagram is code.
    if text.diagrams, text.isMain, language.elementsEqual("dot".utf8),
      source.contains(where: { $0 > 0x20 })
    {
      return .diagram(source: .memory(source))
    }
    return .code(language: String(decoding: language, as: UTF8.self), text: .memory(source))
  }
}

extension Node {
  /// The first word of a code block's info string.
  var fenceLanguage: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: fenceInfo.prefix { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A })
  }
}
