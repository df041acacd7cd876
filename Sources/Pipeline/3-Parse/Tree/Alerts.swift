internal import CMarkGFM
internal import StoaModel

/// A block quote that begins with `[!NOTE]` or the like on a line of its own.
struct Alert {
  static let kinds = ["note", "tip", "important", "warning", "caution"]

  /// One of `kinds`.
  let kind: String
  /// The slot of its title.
  let slot: Int
}

extension TreeEditor {
  mutating func enterQuote(_ node: Node) {
    guard let paragraph = node.firstChild, paragraph.type == CMARK_NODE_PARAGRAPH,
      let marker = paragraph.firstChild, marker.type == CMARK_NODE_TEXT,
      let kind = Self.alertKind(marker.literal),
      marker.next.map({ $0.type == CMARK_NODE_SOFTBREAK || $0.type == CMARK_NODE_LINEBREAK })
        ?? true
    else {
      quotes.append(nil)
      return
    }
    // The iterator has looked ahead to the paragraph, so what is in it can go now and the paragraph itself only at the end.
    marker.next?.unlink()
    marker.unlink()
    let slot = addSlot(
      .word(key: "alert-\(kind)"), at: SourceLines.Place(line: line, column: max(node.column, 1)))
    quotes.append(Alert(kind: kind, slot: slot))
  }

  mutating func leaveQuote(_ node: Node) {
    guard let alert = quotes.popLast() ?? nil else { return }
    if let first = node.firstChild, first.firstChild == nil { first.unlink() }
    let replacement = make.block(
      opening: """
        <div class="\u{3}alert alert-\(alert.kind)">
        <p class="\u{3}alert-title">\u{1}w\(alert.slot)\u{2}</p>
        """, closing: "</div>")
    node.moveChildren(to: replacement)
    replacement.insert(before: node)
    node.unlink()
  }

  private static func alertKind(_ marker: UnsafeBufferPointer<UInt8>) -> String? {
    guard marker.starts(with: "[!".utf8), marker.last == UInt8(ascii: "]") else { return nil }
    let name = marker.dropFirst(2).dropLast().map { $0 | 0x20 }
    return Alert.kinds.first { $0.utf8.elementsEqual(name) }
  }
}
