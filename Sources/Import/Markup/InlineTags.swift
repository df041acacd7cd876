import StoaModel

/// Replaces the HTML tags in a markdown text by equivalent markdown, and leaves everything else unchanged.
///
/// For texts in which people mixed both, such as comments of Staticman: a converter would escape their markdown.
struct InlineTags {
  private struct Open {
    let name: String
    let tag: ArraySlice<UInt8>
    /// Where the element's content begins in the output.
    let start: Int
  }

  private static let marks: [String: String] = [
    "b": "**", "strong": "**", "i": "*", "em": "*", "cite": "*", "dfn": "*", "var": "*",
    "del": "~~", "s": "~~", "strike": "~~",
  ]
  private static let code: Set = ["code", "kbd", "pre", "samp", "tt"]
  private static let maximumOpen = 64

  private let withBlocks: Bool
  private var output: [UInt8] = []
  private var open: [Open] = []

  private init(withBlocks: Bool) {
    self.withBlocks = withBlocks
  }

  /// - Parameter withBlocks: whether block elements lose their tags, too, as on a forge.
  static func translated(_ text: [UInt8], withBlocks: Bool = false) -> [UInt8] {
    guard text.contains(UInt8(ascii: "<")) else { return text }
    var tags = InlineTags(withBlocks: withBlocks)
    var position = 0
    for range in MarkdownCode.ranges(in: text) {
      tags.take(Array(text[position..<range.lowerBound]))
      tags.output += text[range]
      position = range.upperBound
    }
    tags.take(Array(text[position...]))
    // A tag that was never closed is not markup, so it is shown as typed.
    for tag in tags.open.reversed() {
      tags.output.insert(contentsOf: tag.tag, at: tag.start)
    }
    return tags.output
  }

  private mutating func take(_ text: [UInt8]) {
    var tokens = HTMLTokens(text)
    var isVerbatim: String?
    var verbatim: [UInt8] = []
    var opening: ArraySlice<UInt8> = []
    while let token = tokens.next() {
      if let name = isVerbatim {
        switch token {
        case .tag(name, true, _):
          output += Self.codeText(verbatim, isBlock: name == "pre")
          isVerbatim = nil
        case .tag("br", _, _): verbatim.append(0x0A)
        case .tag(let inner, _, let bytes): if !Self.code.contains(inner) { verbatim += bytes }
        case .text(let bytes), .comment(let bytes): verbatim += bytes
        }
        continue
      }
      switch token {
      case .text(let bytes): output += bytes
      case .comment: break
      case .tag(let name, false, let bytes) where Self.code.contains(name):
        isVerbatim = name
        verbatim = []
        opening = bytes
      case .tag("img", _, let bytes): image(bytes)
      case .tag(let name, false, let bytes) where HTMLGuess.inlines.contains(name):
        if open.count < Self.maximumOpen {
          open.append(Open(name: name, tag: bytes, start: output.count))
        }
      case .tag("br", _, _) where withBlocks: output += "\\\n".utf8
      case .tag(let name, let isEnd, _) where withBlocks && HTMLGuess.blocks.contains(name):
        // A heading becomes bold, and so does a summary.
        let isBold = name.hasPrefix("h") && name.count == 2 && name != "hr" || name == "summary"
        output += (isBold ? isEnd ? "**\n\n" : "\n\n**" : "\n\n").utf8
      case .tag(let name, true, let bytes):
        if !close(name) { output += bytes }
      case .tag(_, _, let bytes): output += bytes
      }
    }
    // Code that is never closed is text.
    if isVerbatim != nil { output += opening + verbatim }
  }

  /// Ends the innermost element of a name; false when none is open.
  private mutating func close(_ name: String) -> Bool {
    guard let place = open.lastIndex(where: { $0.name == name }) else { return false }
    // A tag that was opened inside and not closed was no tag.
    for tag in open[(place + 1)...].reversed() {
      output.insert(contentsOf: tag.tag, at: tag.start)
    }
    let element = open[place]
    open.removeSubrange(place...)
    let content = Array(output[element.start...])
    output.removeSubrange(element.start...)
    if name == "a" {
      link(content, HTMLTokens.attribute("href", of: element.tag) ?? "")
    } else if name == "q" {
      output += "“".utf8 + content + "”".utf8
    } else if let mark = Self.marks[name] {
      let isNested = open.contains { Self.marks[$0.name] == mark }
      emphasis(content, isNested ? "" : mark)
    } else {
      output += content
    }
    return true
  }

  private mutating func emphasis(_ content: [UInt8], _ mark: String) {
    let inner = content.drop { $0 <= 0x20 }
    var end = inner.endIndex
    while end > inner.startIndex, content[end - 1] <= 0x20 { end -= 1 }
    let words = content[inner.startIndex..<end]
    guard !words.isEmpty, !words.contains(text: "\n\n") else {
      output += content
      return
    }
    output += content[..<inner.startIndex] + mark.utf8 + words + mark.utf8 + content[end...]
  }

  private mutating func link(_ content: [UInt8], _ address: String) {
    let address = CleanText.line(address, maximumLength: 4_000)
    guard !address.isEmpty else {
      output += content
      return
    }
    let isBlank = content.allSatisfy { $0 <= 0x20 }
    let label = isBlank ? Array(address.utf8) : content
    output += "[".utf8 + Self.escapingBrackets(label) + "](".utf8
    output += Self.destination(address) + ")".utf8
  }

  private mutating func image(_ tag: ArraySlice<UInt8>) {
    guard let address = HTMLTokens.attribute("src", of: tag), !address.isEmpty else { return }
    let words = CleanText.line(HTMLTokens.attribute("alt", of: tag) ?? "")
    output += "![".utf8 + Self.escapingBrackets(Array(words.utf8)) + "](".utf8
    output += Self.destination(CleanText.line(address, maximumLength: 4_000)) + ")".utf8
  }

  /// A URL as the destination of a markdown link, whatever its characters.
  static func destination(_ address: String) -> [UInt8] {
    let isPlain = address.utf8.allSatisfy {
      $0 > 0x20 && $0 != 0x28 && $0 != 0x29 && $0 != 0x3C && $0 != 0x3E && $0 != 0x5C
    }
    if isPlain { return Array(address.utf8) }
    var written = Array("<".utf8)
    for byte in address.utf8 {
      switch byte {
      case 0x3C: written += "%3C".utf8
      case 0x3E: written += "%3E".utf8
      case 0x5C: written += "%5C".utf8
      default: written.append(byte)
      }
    }
    return written + ">".utf8
  }

  static func escapingBrackets(_ text: [UInt8]) -> [UInt8] {
    var depth = 0
    let isBalanced =
      text.allSatisfy { byte in
        depth += byte == 0x5B ? 1 : byte == 0x5D ? -1 : 0
        return depth >= 0
      } && depth == 0
    if isBalanced { return text }
    return text.flatMap { $0 == 0x5B || $0 == 0x5D ? [0x5C, $0] : [$0] }
  }

  /// Code, as a code span or a code block.
  private static func codeText(_ verbatim: [UInt8], isBlock: Bool) -> [UInt8] {
    let text = Array(HTMLEntities.decode(String(decoding: verbatim, as: UTF8.self)).utf8)
    if isBlock || text.contains(0x0A) {
      return Array("\n\n".utf8) + MarkdownCode.block(text) + "\n\n".utf8
    }
    return text.allSatisfy { $0 <= 0x20 } ? text : MarkdownCode.span(text)
  }
}
