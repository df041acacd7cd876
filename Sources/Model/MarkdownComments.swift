/// Finds the comments of markdown: `<!-- … -->` outside code, and link definitions that are only comments (`[//]: # (…)`).
///
/// No page shows comments, so exports and change lists must not show them either. This is not a parser: it recognises fences
/// and code spans only if they are unambiguous, and after the first ambiguous line it recognises no code at all.
package struct MarkdownComments {
  private let text: ArraySlice<UInt8>
  private var kept: [UInt8] = []
  /// Everything before this index was copied or left out.
  private var copied: Int
  private var index: Int
  /// Whether bytes that look like code may be something else.
  private var isUnsure = false
  private var isAfterBlank = true
  /// The lengths of backtick runs in this paragraph that may begin a code span which ends on a later line.
  private var openRuns: Set<Int> = []
  /// Whether this paragraph may contain a tag, in which a backtick begins no code.
  private var hasTag = false
  /// The first place after which no comment ends.
  private var lastOpen = Int.max

  /// The text without its comments.
  package static func removed(from text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard mayHold(text) else { return text }
    var comments = MarkdownComments(text)
    comments.read()
    guard comments.copied > text.startIndex else { return text }
    return (comments.kept + text[comments.copied...])[...]
  }

  private init(_ text: ArraySlice<UInt8>) {
    self.text = text
    (copied, index) = (text.startIndex, text.startIndex)
  }

  private static func mayHold(_ text: ArraySlice<UInt8>) -> Bool {
    var rest = text
    while let mark = rest.firstIndex(where: { $0 == UInt8(ascii: "!") || $0 == UInt8(ascii: "]") })
    {
      let next = text[mark...]
      if next.starts(with: "!--".utf8) || next.starts(with: "]:".utf8) { return true }
      rest = rest[(mark + 1)...]
    }
    return false
  }

  // MARK: Lines

  private mutating func read() {
    while index < text.endIndex {
      let line = lineEnd(from: index)
      if text[index..<line].allSatisfy({ $0 <= 0x20 }) {
        endParagraph()
        index = min(line + 1, text.endIndex)
        continue
      }
      let start = contentStart(from: index, to: line)
      if !isUnsure, let fence = fence(at: start) {
        if start == index {
          index = end(of: fence, after: line)
          endParagraph()
          continue
        }
        // It may end with the item or the quotation that it is in.
        isUnsure = true
      }
      if isAfterBlank, let end = definitionEnd(at: start) {
        leaveOut(start..<end)
        continue
      }
      isAfterBlank = false
      guard starts(with: "<", at: start) else {
        readLine(isHTML: isUnsure)
        continue
      }
      if starts(with: "<!--", at: start) {
        let end = commentEnd(from: start) ?? text.endIndex
        let isIndented = start - index > 3 || text[index..<start].contains { $0 != 0x20 }
        if isIndented, text[start..<end].contains(0x0A) { isUnsure = true }
        leaveOut(start..<end)
        // The rest of its line is HTML, too.
        readLine(isHTML: true)
      } else {
        // Some tags begin an HTML block, which can end in one of seven ways.
        isUnsure = true
        readLine(isHTML: true)
      }
    }
  }

  private mutating func endParagraph() {
    (isAfterBlank, hasTag) = (true, false)
    openRuns = []
  }

  private mutating func leaveOut(_ range: Range<Int>) {
    kept += text[copied..<range.lowerBound]
    (copied, index) = (range.upperBound, range.upperBound)
  }

  private func lineEnd(from start: Int) -> Int {
    text[start...].firstIndex(of: 0x0A) ?? text.endIndex
  }

  /// The index after spaces and the marks of quotations and list items.
  private func contentStart(from start: Int, to end: Int) -> Int {
    var place = start
    while place < end {
      switch text[place] {
      case 0x20, 0x09, 0x0D, UInt8(ascii: ">"): place += 1
      case UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+"):
        guard place + 1 < end, text[place + 1] <= 0x20 else { return place }
        place += 2
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        let after = text[place..<end].drop(while: ASCII.isDigit)
        guard let sign = after.first, sign == UInt8(ascii: ".") || sign == UInt8(ascii: ")"),
          after.startIndex + 1 < end, text[after.startIndex + 1] <= 0x20
        else { return place }
        place = after.startIndex + 2
      default: return place
      }
    }
    return min(place, end)
  }

  private func starts(with sign: StaticString, at place: Int) -> Bool {
    let count = sign.utf8CodeUnitCount
    guard place + count <= text.endIndex else { return false }
    for offset in 0..<count where text[place + offset] != sign.utf8Start[offset] { return false }
    return true
  }

  // MARK: Code

  private struct Fence {
    let sign: UInt8
    let count: Int
    let isBare: Bool
  }

  private func fence(at start: Int) -> Fence? {
    guard start < text.endIndex,
      text[start] == UInt8(ascii: "`") || text[start] == UInt8(ascii: "~")
    else { return nil }
    let sign = text[start]
    let count = runLength(at: start)
    let rest = text[(start + count)..<lineEnd(from: start)]
    guard count >= 3, sign == UInt8(ascii: "~") || !rest.contains(sign) else { return nil }
    return Fence(sign: sign, count: count, isBare: rest.allSatisfy { $0 <= 0x20 })
  }

  private func runLength(at start: Int) -> Int {
    let sign = text[start]
    return (text[start...].firstIndex { $0 != sign } ?? text.endIndex) - start
  }

  private func end(of fence: Fence, after line: Int) -> Int {
    var start = min(line + 1, text.endIndex)
    while start < text.endIndex {
      let end = lineEnd(from: start)
      let content = text[start..<end].firstIndex { $0 != 0x20 } ?? end
      if content - start < 4, let close = self.fence(at: content), close.sign == fence.sign,
        close.count >= fence.count, close.isBare
      {
        return min(end + 1, text.endIndex)
      }
      start = min(end + 1, text.endIndex)
    }
    return text.endIndex
  }

  /// The index after a code span on one line, if it is certainly one; otherwise nil.
  private mutating func spanEnd(from start: Int, count: Int) -> Int? {
    guard !hasTag, !openRuns.contains(count) else { return nil }
    var place = start
    // A vertical bar may end a table's cell, and with it the code span.
    while place < text.endIndex, text[place] != 0x0A, text[place] != UInt8(ascii: "|") {
      guard text[place] == UInt8(ascii: "`") else {
        place += 1
        continue
      }
      let length = runLength(at: place)
      place += length
      if length == count { return place }
    }
    openRuns.insert(count)
    return nil
  }

  // MARK: Comments

  /// Reads to the end of a line, and further if a comment continues.
  ///
  /// - Parameter isHTML: whether nothing on the line is code.
  private mutating func readLine(isHTML: Bool) {
    while index < text.endIndex {
      switch text[index] {
      case 0x0A:
        index += 1
        return
      case UInt8(ascii: "\\") where !isHTML:
        index += index + 1 < text.endIndex && text[index + 1] != 0x0A ? 2 : 1
      case UInt8(ascii: "`") where !isHTML:
        let count = runLength(at: index)
        index = spanEnd(from: index + count, count: count) ?? index + count
      case UInt8(ascii: "<") where starts(with: "<!--", at: index):
        if let end = commentEnd(from: index) {
          // Other blocks may begin on the lines of the comment.
          if text[index..<end].contains(0x0A) { isUnsure = true }
          leaveOut(index..<end)
        } else if isHTML {
          leaveOut(index..<text.endIndex)
        } else {
          index += 4
        }
      case UInt8(ascii: "<"):
        hasTag = true
        index += 1
      default: index += 1
      }
    }
  }

  /// The index after the end of a comment, whose first and last hyphens may be the same.
  private mutating func commentEnd(from start: Int) -> Int? {
    guard start < lastOpen else { return nil }
    var place = start + 4
    while place < text.endIndex, let close = text[place...].firstIndex(of: UInt8(ascii: ">")) {
      if text[close - 1] == UInt8(ascii: "-"), text[close - 2] == UInt8(ascii: "-") {
        return close + 1
      }
      place = close + 1
    }
    lastOpen = start
    return nil
  }

  /// The index after a definition that no link can use, such as `[//]: # (words)`.
  private func definitionEnd(at start: Int) -> Int? {
    guard start < text.endIndex, text[start] == UInt8(ascii: "["),
      let close = text[start...].prefix(1_000).firstIndex(of: UInt8(ascii: "]")),
      starts(with: "]:", at: close)
    else { return nil }
    var place = skippingSpaces(from: close + 2)
    if starts(with: "#", at: place) {
      place += 1
    } else if starts(with: "<>", at: place) {
      place += 2
    } else {
      return nil
    }
    let opening = skippingSpaces(from: place)
    guard opening > place, opening < text.endIndex else { return nil }
    let closing: UInt8
    switch text[opening] {
    case UInt8(ascii: "("): closing = UInt8(ascii: ")")
    case UInt8(ascii: "\""), UInt8(ascii: "'"): closing = text[opening]
    default: return nil
    }
    // Only on one line, since other blocks may begin on the next one; and after the beginning of a comment, the rest would be
    // its text.
    place = opening + 1
    while place < text.endIndex, text[place] != closing, text[place] != 0x0A {
      if starts(with: "<!--", at: place) { return nil }
      place += text[place] == UInt8(ascii: "\\") ? 2 : 1
    }
    guard place < text.endIndex, text[place] == closing else { return nil }
    let end = skippingSpaces(from: place + 1)
    return end == text.endIndex || text[end] == 0x0A || text[end] == 0x0D ? place + 1 : nil
  }

  private func skippingSpaces(from start: Int) -> Int {
    text[min(start, text.endIndex)...].firstIndex { $0 != 0x20 && $0 != 0x09 } ?? text.endIndex
  }
}
