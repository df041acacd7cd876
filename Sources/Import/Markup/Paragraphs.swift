/// Adds the paragraphs that WordPress shows: an empty line ends a paragraph, and a line end is a line break.
///
/// The same as WordPress's `wpautop`, in one pass over the tags instead of a dozen replacements.
struct Paragraphs {
  private static let blocks: Set = [
    "address", "article", "aside", "blockquote", "caption", "col", "colgroup", "dd", "details",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hgroup", "hr", "legend", "li", "main", "math", "menu", "nav", "ol", "p",
    "pre", "section", "script", "style", "summary", "svg", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul",
  ]
  /// Blocks in which loose text becomes paragraphs.
  private static let containers: Set = [
    "article", "aside", "blockquote", "details", "div", "footer", "header", "main", "section",
  ]
  private static let verbatim: Set = ["pre", "script", "style", "svg", "math"]
  private static let void: Set = ["hr", "col"]

  private var output: [UInt8] = []
  private var paragraph: [UInt8] = []
  private var open: [String] = []
  /// The number of line ends since the last word.
  private var lineEnds = 0

  static func wrap(_ text: [UInt8]) -> [UInt8] {
    var paragraphs = Paragraphs()
    for token in HTMLTokens(text) { paragraphs.take(token) }
    paragraphs.flush()
    return paragraphs.output
  }

  private mutating func take(_ token: HTMLTokens.Token) {
    switch token {
    case .comment(let bytes):
      // `<!--more-->` and the like have no output; a page break becomes a rule.
      if bytes.starts(with: "<!--nextpage-->".utf8) {
        flush()
        output += "\n<hr />\n".utf8
      }
    case .text(let bytes):
      if open.contains(where: Self.verbatim.contains) {
        output += bytes
      } else if let inner = open.last, !Self.containers.contains(inner), inner != "p" {
        output += bytes
      } else {
        takeLines(bytes)
      }
    case .tag(let name, let isEnd, let bytes):
      guard Self.blocks.contains(name) else { return takeInline(bytes, isBreak: name == "br") }
      flush()
      if isEnd, let at = open.lastIndex(of: name) { open.removeSubrange(at...) }
      output += bytes
      if !isEnd, !Self.void.contains(name), open.count < 200 { open.append(name) }
    }
  }

  private mutating func takeInline(_ bytes: ArraySlice<UInt8>, isBreak: Bool) {
    let isLoose = open.last.map { Self.containers.contains($0) || $0 == "p" } ?? true
    guard isLoose, !open.contains(where: Self.verbatim.contains) else {
      output += bytes
      return
    }
    endLines(beforeBreak: isBreak)
    paragraph += bytes
  }

  private mutating func takeLines(_ bytes: ArraySlice<UInt8>) {
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      if index > 0 { lineEnds += 1 }
      let isBlank = line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
      if isBlank {
        // A space between two tags separates two words.
        if lineEnds == 0 { paragraph += line }
        continue
      }
      endLines(beforeBreak: false)
      paragraph += line
    }
  }

  /// Writes the line ends since the last word: one is a break, more end the paragraph.
  private mutating func endLines(beforeBreak: Bool) {
    if lineEnds > 1 {
      flush()
    } else if lineEnds == 1, !paragraph.isEmpty, !beforeBreak, !endsWithBreak {
      paragraph += "<br />\n".utf8
    }
    lineEnds = 0
  }

  private var endsWithBreak: Bool {
    ["<br>", "<br/>", "<br />"].contains { paragraph.suffix($0.utf8.count).elementsEqual($0.utf8) }
  }

  private mutating func flush() {
    lineEnds = 0
    guard !paragraph.isEmpty else { return }
    if paragraph.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0A }) {
      output += paragraph
    } else if open.last == "p" {
      output += paragraph
    } else {
      output += "<p>".utf8 + paragraph + "</p>\n".utf8
    }
    paragraph = []
  }
}
