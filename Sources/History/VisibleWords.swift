import StoaModel

/// Approximates the text that a reader sees of markdown, to compare two versions of it: the words without the markup around
/// them.
///
/// It is not a parser. An error shows a character of markup too many or too few beside changed words; if no change would be
/// visible, the markdown itself is shown.
struct VisibleWords {
  private let text: ArraySlice<UInt8>
  private var visible: [UInt8] = []
  private var index: Int

  /// - Parameters:
  ///   - text: a piece of markdown.
  ///   - isLineStart: whether it begins where a line does.
  static func bytes(of text: ArraySlice<UInt8>, isLineStart: Bool) -> [UInt8] {
    var words = VisibleWords(text)
    words.read(isLineStart: isLineStart)
    return words.visible
  }

  private init(_ text: ArraySlice<UInt8>) {
    self.text = text
    index = text.startIndex
    visible.reserveCapacity(text.count)
  }

  // MARK: Lines

  private mutating func read(isLineStart: Bool) {
    var fence: UInt8?
    var isStart = isLineStart
    while index < text.endIndex {
      let end = text[index...].firstIndex(of: UInt8(ascii: "\n")) ?? text.endIndex
      let line = text[index..<end]
      if isStart, let sign = Self.fence(line), fence == nil || fence == sign {
        fence = fence == nil ? sign : nil
      } else if fence != nil {
        visible += line
      } else if !isStart || !Self.isHidden(line) {
        if isStart { index = Self.contentStart(of: line) }
        readInline(to: end)
      }
      if end < text.endIndex { visible.append(UInt8(ascii: "\n")) }
      index = min(end + 1, text.endIndex)
      isStart = true
    }
  }

  /// The fence of a code block that begins or ends on the line.
  private static func fence(_ line: ArraySlice<UInt8>) -> UInt8? {
    let words = line.drop { $0 == 0x20 }
    guard let sign = words.first, sign == UInt8(ascii: "`") || sign == UInt8(ascii: "~"),
      words.prefix(while: { $0 == sign }).count > 2
    else { return nil }
    return sign
  }

  /// Whether a line is invisible to readers: rules, underlines of headings, delimiter rows of tables, and link definitions.
  private static func isHidden(_ line: ArraySlice<UInt8>) -> Bool {
    let words = line.drop { $0 == 0x20 || $0 == UInt8(ascii: ">") }
    guard let first = words.first else { return false }
    if "-=*_|:".utf8.contains(first), words.count > 1 {
      return words.allSatisfy { "-=*_|: \r".utf8.contains($0) }
    }
    guard first == UInt8(ascii: "["), let close = words.firstIndex(of: UInt8(ascii: "]")) else {
      return false
    }
    let label = words[words.startIndex..<close]
    // `[label]: address`, but not a footnote, and `[!NOTE]`.
    if label.dropFirst().first == UInt8(ascii: "!") { return true }
    return close + 1 < words.endIndex && words[close + 1] == UInt8(ascii: ":")
      && label.dropFirst().first != UInt8(ascii: "^")
  }

  /// The beginning of a line's words, after the marker of a heading, a quote or a list item.
  private static func contentStart(of line: ArraySlice<UInt8>) -> Int {
    var rest = line
    while let first = rest.first {
      switch first {
      case 0x20, 0x09, UInt8(ascii: ">"): rest = rest.dropFirst()
      case UInt8(ascii: "#"):
        let after = rest.drop { $0 == UInt8(ascii: "#") }
        guard after.first == 0x20, after.startIndex - rest.startIndex <= 6 else {
          return rest.startIndex
        }
        return after.startIndex + 1
      case UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+"):
        guard rest.dropFirst().first == 0x20 else { return rest.startIndex }
        rest = rest.dropFirst(2)
      default: return rest.startIndex
      }
    }
    return rest.startIndex
  }

  // MARK: Within a line

  private mutating func readInline(to end: Int) {
    while index < end {
      let byte = text[index]
      switch byte {
      case UInt8(ascii: "\\"):
        if index + 1 < end, Self.isSign(text[index + 1]) { index += 1 }
        take()
      case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "`"):
        readSigns(byte, to: end)
      case UInt8(ascii: "!")
      where index + 1 < end && text[index + 1] == UInt8(ascii: "["):
        index += 1
      case UInt8(ascii: "["): readLink(to: end)
      case UInt8(ascii: "<"): readAddress(to: end)
      default: take()
      }
    }
  }

  private mutating func take() {
    visible.append(text[index])
    index += 1
  }

  private static func isSign(_ byte: UInt8) -> Bool {
    byte > 0x20 && byte < 0x7F && !ASCII.isLetterOrDigit(byte)
  }

  /// Delimiters next to words are markup; those between spaces or inside a name are not.
  private mutating func readSigns(_ sign: UInt8, to end: Int) {
    var last = index
    while last < end, text[last] == sign { last += 1 }
    let before = index > text.startIndex ? text[index - 1] : 0x20
    let after = last < end ? text[last] : 0x20
    let isWord: (UInt8) -> Bool = { $0 >= 0x80 || ASCII.isLetterOrDigit($0) }
    let isLoose = before <= 0x20 && after <= 0x20
    let isInName = sign == UInt8(ascii: "_") && isWord(before) && isWord(after)
    let isSingle = sign == UInt8(ascii: "~") && last - index == 1
    if isLoose || isInName || isSingle { visible += text[index..<last] }
    index = last
  }

  /// The label of a link; for a wikilink without one, its target.
  private mutating func readLink(to end: Int) {
    let isWikilink = index + 1 < end && text[index + 1] == UInt8(ascii: "[")
    let start = index + (isWikilink ? 2 : 1)
    guard let close = text[start..<end].firstIndex(of: UInt8(ascii: "]")) else {
      take()
      return
    }
    let label = text[start..<close]
    if isWikilink {
      let bar = label.lastIndex(of: UInt8(ascii: "|"))
      visible += bar.map { label[($0 + 1)...] } ?? label
      index = min(close + 2, end)
      return
    }
    let next = close + 1 < end ? text[close + 1] : 0
    let closing = next == UInt8(ascii: "(") ? UInt8(ascii: ")") : UInt8(ascii: "]")
    guard next == UInt8(ascii: "(") || next == UInt8(ascii: "["),
      let last = text[(close + 1)..<end].firstIndex(of: closing)
    else {
      // Not a link, or a link with its URL on the next line.
      take()
      return
    }
    visible += label
    index = last + 1
  }

  /// An address between angle brackets.
  private mutating func readAddress(to end: Int) {
    let inner = text[(index + 1)..<end].prefix { $0 != UInt8(ascii: ">") && $0 > 0x20 }
    guard inner.endIndex < end, text[inner.endIndex] == UInt8(ascii: ">"),
      inner.contains(UInt8(ascii: ":")) || inner.contains(UInt8(ascii: "@"))
    else {
      take()
      return
    }
    visible += inner
    index = inner.endIndex + 1
  }
}
