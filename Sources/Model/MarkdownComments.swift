/// Takes the comments out of documents' markdown: `<!-- … -->` outside code, and definitions such as `[//]: # (…)`.
///
/// No page shows them, so nothing else that is made of a document's text may. Only the parser knows what they are; git's history,
/// which is read before anything is parsed, gets this value to ask it.
package struct CommentFilter: Sendable {
  package struct Text: Sendable {
    package let markdown: [UInt8]
    /// Whether HTML is HTML in it: in what visitors and contributors write about themselves, it is text.
    package let showsHTML: Bool

    package init(_ markdown: [UInt8], showsHTML: Bool) {
      self.markdown = markdown
      self.showsHTML = showsHTML
    }
  }

  private let remove: @Sendable ([Text], Settings) throws -> [[UInt8]]

  package init(_ remove: @escaping @Sendable ([Text], Settings) throws -> [[UInt8]]) {
    self.remove = remove
  }

  /// Takes out whatever looks like a comment, in code too.
  package static let cautious = CommentFilter { texts, _ in
    texts.map { MarkdownComments.cut(from: $0.markdown) }
  }

  /// The texts without their comments, in order.
  package func removed(from texts: [Text], _ settings: Settings) throws -> [[UInt8]] {
    try remove(texts, settings)
  }
}

/// What looks like a comment in markdown.
package enum MarkdownComments {
  /// Whether a text may have comments.
  package static func mayAppear(in text: ArraySlice<UInt8>) -> Bool {
    var rest = text
    while let mark = rest.firstIndex(where: { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "]") })
    {
      rest = text[(mark + 1)...]
      switch rest.first {
      case UInt8(ascii: "!"), UInt8(ascii: ":"): return true
      // The content of a script and of a style sheet is on no page either.
      case UInt8(ascii: "s"), UInt8(ascii: "S"): return true
      default: break
      }
    }
    return false
  }

  /// A text without anything that looks like a comment, in code too.
  package static func cut(from text: [UInt8]) -> [UInt8] {
    var kept: [UInt8] = []
    var rest = text[...]
    while let start = place(of: [0x3C, 0x21, 0x2D, 0x2D], in: rest) {
      kept += rest[..<start]
      rest = rest[(start + 4)...]
      // The end may share its hyphens with the beginning.
      let end = place(of: [0x2D, 0x2D, 0x3E], in: text[(start + 2)...])
      rest = text[(end.map { $0 + 3 } ?? text.endIndex)...]
    }
    kept += rest
    var result: [UInt8] = []
    var copied = 0
    for range in definitions(in: kept[...]) {
      result += kept[copied..<range.lowerBound]
      copied = range.upperBound
    }
    return result + kept[copied...]
  }

  /// Where bytes begin.
  package static func place(of bytes: [UInt8], in text: ArraySlice<UInt8>) -> Int? {
    guard let first = bytes.first else { return nil }
    var rest = text
    while let start = rest.firstIndex(of: first) {
      rest = rest[start...]
      if rest.starts(with: bytes) { return start }
      rest = rest.dropFirst()
    }
    return nil
  }

  /// Whatever looks like a definition with words that lead nowhere, such as `[//]: # (words)` or `[words]: <>`.
  package static func definitions(in text: ArraySlice<UInt8>) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var line = text.startIndex
    while line < text.endIndex {
      let start = text[line...].firstIndex { !isBeforeDefinition($0) } ?? text.endIndex
      if start < text.endIndex, text[start] == UInt8(ascii: "["),
        let end = definitionEnd(at: start, in: text)
      {
        found.append(start..<end)
        line = end
      }
      let end = text[line...].firstIndex(of: 0x0A) ?? text.endIndex
      line = min(end + 1, text.endIndex)
    }
    return found
  }

  /// Whether a byte may be part of what begins quotations and items of lists.
  private static func isBeforeDefinition(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x09, UInt8(ascii: ">"), UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+"),
      UInt8(ascii: "."), UInt8(ascii: ")"):
      true
    default: ASCII.isDigit(byte)
    }
  }

  private static func definitionEnd(at start: Int, in text: ArraySlice<UInt8>) -> Int? {
    var close = start + 1
    let limit = min(text.endIndex, start + 1_000)
    while close < limit, text[close] != UInt8(ascii: "]") {
      guard text[close] != UInt8(ascii: "["), text[close] != 0x0A else { return nil }
      close += text[close] == UInt8(ascii: "\\") ? 2 : 1
    }
    guard close < limit, text[close...].starts(with: "]:".utf8) else { return nil }
    var end = afterSpace(from: close + 2, in: text)
    if text[end...].starts(with: "#".utf8) {
      end += 1
    } else if text[end...].starts(with: "<>".utf8) {
      end += 2
    } else if text[end...].starts(with: "<#>".utf8) {
      end += 3
    } else {
      return nil
    }
    if let title = titleEnd(from: end, in: text) { return title }
    let hasWords = text[(start + 1)..<close].contains { $0 >= 0x80 || ASCII.isLetterOrDigit($0) }
    return hasWords && isLineEnd(skippingBlanks(from: end, in: text), in: text) ? end : nil
  }

  /// Behind the title of a definition, which no blank line is in.
  private static func titleEnd(from end: Int, in text: ArraySlice<UInt8>) -> Int? {
    let opening = afterSpace(from: end, in: text)
    guard opening > end, opening < text.endIndex else { return nil }
    let closing: UInt8
    switch text[opening] {
    case UInt8(ascii: "("): closing = UInt8(ascii: ")")
    case UInt8(ascii: "\""), UInt8(ascii: "'"): closing = text[opening]
    default: return nil
    }
    var place = opening + 1
    while place < text.endIndex, text[place] != closing {
      if text[place] == 0x0A, isLineEnd(skippingBlanks(from: place + 1, in: text), in: text) {
        return nil
      }
      place += text[place] == UInt8(ascii: "\\") ? 2 : 1
    }
    guard place < text.endIndex,
      isLineEnd(skippingBlanks(from: place + 1, in: text), in: text)
    else { return nil }
    return place + 1
  }

  private static func isLineEnd(_ place: Int, in text: ArraySlice<UInt8>) -> Bool {
    place >= text.endIndex || text[place] == 0x0A || text[place] == 0x0D
  }

  private static func skippingBlanks(from start: Int, in text: ArraySlice<UInt8>) -> Int {
    guard start < text.endIndex else { return text.endIndex }
    return text[start...].firstIndex { $0 != 0x20 && $0 != 0x09 } ?? text.endIndex
  }

  /// Behind blanks, with at most one line end among them.
  private static func afterSpace(from start: Int, in text: ArraySlice<UInt8>) -> Int {
    var place = skippingBlanks(from: start, in: text)
    if place < text.endIndex, text[place] == 0x0D { place += 1 }
    guard place < text.endIndex, text[place] == 0x0A else { return place }
    place = skippingBlanks(from: place + 1, in: text)
    return place
  }
}
