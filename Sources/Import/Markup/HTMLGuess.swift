import StoaModel

/// Distinguishes HTML from markdown, for tools that do not record the format.
enum HTMLGuess {
  enum Kind {
    case markdown
    /// Markdown in which some words have tags; the content of these tags is markdown, too.
    case taggedMarkdown
    case html
  }

  static let blocks: Set = [
    "address", "article", "aside", "blockquote", "br", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hr", "li", "main", "nav", "ol", "p", "section", "summary", "table", "tbody", "td", "tfoot",
    "th", "thead", "tr", "ul",
  ]
  static let inlines: Set = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font",
    "i", "img", "ins", "kbd", "mark", "pre", "q", "s", "samp", "small", "span", "strike", "strong",
    "sub", "sup", "tt", "u", "var",
  ]
  private static let void: Set = ["br", "hr", "img"]
  /// Elements that contain paragraphs: in a text without them, an empty line ends a paragraph.
  private static let paragraphs: Set = ["p", "div", "table", "ul", "ol", "dl", "section"]

  static func isHTML(_ text: [UInt8]) -> Bool { kind(of: text) == .html }

  /// An element counts if it is closed or needs no end tag, so `List<String>` and `map<a>` are not HTML.
  static func kind(of text: [UInt8]) -> Kind {
    guard text.contains(UInt8(ascii: "<")) else { return .markdown }
    var begun: Set<String> = []
    var found: Set<String> = []
    for token in HTMLTokens(MarkdownCode.blanked(text)) {
      guard case .tag(let name, let isEnd, _) = token else { continue }
      if void.contains(name) || isEnd && begun.contains(name) { found.insert(name) }
      if !isEnd { begun.insert(name) }
    }
    let start = text.drop { $0 == 0x20 || $0 == 0x0A || $0 == 0x09 }
    if start.first == UInt8(ascii: "<") {
      let name = String(
        decoding: start.dropFirst().prefix(while: ASCII.isLetterOrDigit), as: UTF8.self
      ).lowercased()
      if blocks.contains(name), begun.contains(name) { return .html }
    }
    if !found.isDisjoint(with: blocks) { return .html }
    return found.isDisjoint(with: inlines) ? .markdown : .taggedMarkdown
  }

  /// HTML with paragraphs: if no element marks them, empty lines do.
  static func withParagraphs(_ html: [UInt8]) -> [UInt8] {
    for case .tag(let name, _, _) in HTMLTokens(html) where paragraphs.contains(name) {
      return html
    }
    return Paragraphs.wrap(CodeLines.promoted(html))
  }
}
