import CMarkGFM
import StoaModel

/// A block quote that begins with `[!NOTE]` or another such marker.
struct Alert {
  enum Title {
    /// A slot for a translated word.
    case word(slot: Int)
    /// The name of an unknown kind, as typed.
    case name([UInt8])
    /// The author's own title, in the block quote's first paragraph.
    case paragraph
  }

  /// The class after `alert-`.
  let look: String
  let title: Title
  let fold: CalloutMarker.Fold?
}

extension TreeEditor {
  mutating func enterQuote(_ node: Node) {
    guard let paragraph = node.firstChild, paragraph.type == CMARK_NODE_PARAGRAPH,
      let first = paragraph.firstChild, first.type == CMARK_NODE_TEXT,
      let marker = CalloutMarker(first.literal)
    else {
      quotes.append(nil)
      return
    }
    let near = SourceLines.Place(line: max(first.line, line), column: max(first.column, 1))
    let place = source.place(of: "[!".utf8, near: near)
    guard !source.hasBackslash(before: place) else {
      quotes.append(nil)
      return
    }
    let kind = CalloutKind.all[String(decoding: marker.name, as: UTF8.self).lowercased()]
    let hasOwnTitle = takeMarker(marker, from: first, of: paragraph)
    let title: Alert.Title
    if let kind {
      title =
        hasOwnTitle ? .paragraph : .word(slot: addSlot(.word(key: kind.word), at: place))
    } else {
      title = hasOwnTitle ? .paragraph : .name(marker.name)
      report(
        .unknownCallout, at: place,
        "“\(String(decoding: marker.name, as: UTF8.self))” is not a kind of alert, and is shown as a note",
        "write note, tip, important, warning or caution, or a backslash before the bracket")
    }
    quotes.append(
      Alert(look: kind?.look ?? CalloutKind.plainLook, title: title, fold: marker.fold))
  }

  /// Removes the marker from a block quote's first paragraph, and makes the rest of its line a separate paragraph; false when the
  /// line has no more text.
  ///
  /// The iterator is already at the paragraph, so its content can be removed now, but the paragraph itself only at the end.
  private func takeMarker(
    _ marker: CalloutMarker, from first: Node, of paragraph: Node
  ) -> Bool {
    let rest = Array(first.literal.dropFirst(marker.length))
    let isAlone = first.next?.isLineEnd ?? true
    if rest.isEmpty {
      if isAlone { first.next?.unlink() }
      first.unlink()
      if isAlone { return false }
    } else {
      first.setLiteral(rest)
    }
    var next = paragraph.firstChild
    while let node = next, !node.isLineEnd { next = node.next }
    guard let end = next else { return true }
    let body = make.paragraph()
    while let node = end.next { body.append(node) }
    end.unlink()
    body.insert(after: paragraph)
    return true
  }

  mutating func leaveQuote(_ node: Node) {
    guard let alert = quotes.popLast() ?? nil else { return }
    let name = "class=\"\u{3}alert alert-\(alert.look)\""
    let (tag, attributes, titleTag) =
      switch alert.fold {
      case nil: ("div", name, "p")
      case .closed: ("details", name, "summary")
      case .open: ("details", "\(name) open", "summary")
      }
    let titleStart = "<\(titleTag) class=\"\u{3}alert-title\">"
    let titleEnd = "</\(titleTag)>"
    var opening = "<\(tag) \(attributes)>"
    if case .word(let slot) = alert.title {
      opening += "\n\(titleStart)\u{1}w\(slot)\u{2}\(titleEnd)"
    }
    let replacement = make.block(opening: opening, closing: "</\(tag)>")
    switch alert.title {
    case .word: removeEmptyParagraph(of: node)
    case .name(let words):
      removeEmptyParagraph(of: node)
      let title = make.block()
      title.append(make.inline(titleStart))
      title.append(make.text(words))
      title.append(make.inline(titleEnd))
      replacement.append(title)
    case .paragraph:
      let title = make.block()
      title.append(make.inline(titleStart))
      node.firstChild?.moveChildren(to: title)
      title.append(make.inline(titleEnd))
      node.firstChild?.unlink()
      replacement.append(title)
    }
    node.moveChildren(to: replacement)
    replacement.insert(before: node)
    node.unlink()
  }

  private func removeEmptyParagraph(of quote: Node) {
    if let first = quote.firstChild, first.firstChild == nil { first.unlink() }
  }
}
