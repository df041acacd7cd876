import StoaModel

/// Rewrites HTML so that pandoc loses nothing of it and opens no file.
struct HTMLPreparation {
  /// Marks a character that must not begin a block of markdown; becomes a backslash in pandoc's output.
  ///
  /// Clean text contains no control characters.
  static let guardByte: UInt8 = 1

  /// Replaces a vertical bar in a table's code, where it would end a cell.
  static let barByte: UInt8 = 2

  /// Elements that embed a resource, with the attribute that has its URL.
  private static let embeds = [
    "iframe": "src", "embed": "src", "object": "data", "audio": "src", "video": "src",
    "source": "src",
    "frame": "src",
  ]
  private static let hidden: Set = ["script", "style", "noscript", "template"]
  private static let table: Set = [
    "table", "thead", "tbody", "tfoot", "colgroup", "col", "caption",
  ]
  /// Elements that do the same to words.
  private static let emphases: [Set<String>] = [["b", "strong"], ["em", "i"]]

  private let isComment: Bool
  private var tags: BalancedTags
  private var verbatim = 0
  /// Whether the last output was a line break.
  private var isAfterBreak = false
  /// The open captions of tables: the start of the current one, and finished texts, which go below their tables.
  private var captionStart: Int?
  private var captions: [[UInt8]] = []

  /// - Parameter isComment: responses allow no HTML, so a table there becomes lines of text.
  static func prepare(
    _ html: [UInt8], isComment: Bool
  ) -> (html: [UInt8], isFlattened: Bool) {
    let html = EmphasisEdges.mended(CodeLines.promoted(html))
    var preparation = HTMLPreparation(isComment: isComment, capacity: html.count)
    var skipping: String?
    for token in HTMLTokens(html) {
      switch token {
      case .comment: break
      case .text(let bytes):
        if skipping == nil { preparation.take(text: bytes) }
      case .tag(let name, let isEnd, let bytes):
        if let open = skipping {
          if isEnd, name == open { skipping = nil }
        } else if hidden.contains(name) {
          if !isEnd { skipping = name }
        } else {
          preparation.take(tag: name, isEnd: isEnd, bytes)
        }
      }
    }
    preparation.tags.finish()
    return (preparation.tags.output, preparation.tags.isFlattened)
  }

  private init(isComment: Bool, capacity: Int) {
    self.isComment = isComment
    tags = BalancedTags(capacity: capacity)
  }

  private mutating func take(tag name: String, isEnd: Bool, _ bytes: ArraySlice<UInt8>) {
    if let attribute = Self.embeds[name] {
      if !isEnd { tags.append(Self.link(to: HTMLTokens.attribute(attribute, of: bytes))) }
    } else if name == "img" {
      tags.append(Self.image(bytes))
    } else if name == "figure" {
      tags.append("<p>".utf8)
    } else if name == "figcaption" {
      // In italics below its picture: pandoc would hide it in the picture's description.
      if isEnd { tags.end("em", [UInt8]("</em>".utf8)[...]) }
      tags.append((isEnd ? "</p>" : "<p>").utf8)
      if !isEnd { tags.begin("em", [UInt8]("<em>".utf8)[...]) }
    } else if isComment, Self.table.contains(name) {
      tags.append("<p>".utf8)
    } else if isComment, name == "tr" {
      tags.append("<br>".utf8)
    } else if isComment, name == "td" || name == "th" {
      tags.append(" ".utf8)
    } else if name == "caption" {
      takeCaption(isEnd: isEnd)
    } else if !isEnd, let alike = Self.emphases.first(where: { $0.contains(name) }),
      tags.isOpen(alike)
    {
      // Nested bold stays bold in HTML, but in markdown the doubled delimiters would cancel each other.
      tags.omit(name)
    } else if name == "a", !isEnd {
      tags.begin(name, Self.anchor(bytes)[...])
    } else if name != "base" {
      if name == "pre" || name == "code" { verbatim = max(0, verbatim + (isEnd ? -1 : 1)) }
      if isEnd { tags.end(name, bytes) } else { tags.begin(name, bytes) }
      if name == "table", isEnd, let caption = captions.popLast() {
        tags.append("<p><em>".utf8 + caption + "</em></p>".utf8)
      }
    }
    if name == "br" {
      isAfterBreak = verbatim == 0
    } else if HTMLGuess.blocks.contains(name) {
      isAfterBreak = false
    }
  }

  /// Markdown's tables have no captions.
  private mutating func takeCaption(isEnd: Bool) {
    if !isEnd {
      captionStart = tags.output.count
    } else if let start = captionStart {
      captionStart = nil
      captions.append(tags.cut(from: start))
    }
  }

  /// A `<` that begins no tag for us must begin none for pandoc.
  private mutating func take(text bytes: ArraySlice<UInt8>) {
    var output: [UInt8] = []
    var rest = bytes
    if isAfterBreak {
      let blank = rest.prefix { $0 <= 0x20 }
      output += blank
      rest = rest[blank.endIndex...]
      if !rest.isEmpty {
        isAfterBreak = false
        let digits = rest.prefix(while: ASCII.isDigit)
        output += digits
        rest = rest[digits.endIndex...]
        let marks = digits.isEmpty ? "-+=" : ".)"
        if let first = rest.first, digits.count < 10, marks.utf8.contains(first) {
          output.append(Self.guardByte)
        }
      }
    }
    var plain: [UInt8] = []
    for byte in rest {
      if byte == UInt8(ascii: "<") { plain += "&lt;".utf8 } else { plain.append(byte) }
    }
    if verbatim > 0, plain.contains(UInt8(ascii: "|")), tags.isOpen(["table"]) {
      plain = plain.map { $0 == UInt8(ascii: "|") ? Self.barByte : $0 }
    }
    let isLoose = verbatim == 0 && !tags.isOpen(["a"])
    tags.append(output + (isLoose ? Self.withLinks(plain) : plain))
  }

  /// The text with a link at each URL that has characters which pandoc would escape, because markdown would take the
  /// backslashes as a part of the URL.
  private static func withLinks(_ text: [UInt8]) -> [UInt8] {
    guard text.contains(text: "://") else { return text }
    var output: [UInt8] = []
    var rest = text[...]
    while let colon = rest.range(of: "://".utf8) {
      let before = rest[..<colon.lowerBound]
      let scheme = ["https", "http"].first { before.suffix($0.utf8.count).elementsEqual($0.utf8) }
      var word = rest[colon.upperBound...].prefix {
        $0 > 0x20 && !"\"'()[]".utf8.contains($0)
      }
      if let reference = word.range(of: "&lt;".utf8) ?? word.range(of: "&gt;".utf8) {
        word = word[..<reference.lowerBound]
      }
      while let last = word.last, "?!.,:;*_~".utf8.contains(last) { word = word.dropLast() }
      guard let scheme, word.contains(where: { "_*~\\`".utf8.contains($0) }) else {
        output += rest[..<colon.upperBound]
        rest = rest[colon.upperBound...]
        continue
      }
      let start = colon.lowerBound - scheme.utf8.count
      let address = rest[start..<word.endIndex]
      output += rest[..<start] + "<a href=\"".utf8 + address + "\">".utf8
      output += Array(address) + "</a>".utf8
      rest = rest[word.endIndex...]
    }
    return output + rest
  }

  /// The start tag of a link, whose URL is escaped where markdown would not read all of it.
  private static func anchor(_ tag: ArraySlice<UInt8>) -> [UInt8] {
    guard tag.contains(UInt8(ascii: "(")) || tag.contains(UInt8(ascii: ")")),
      let address = HTMLTokens.attribute("href", of: tag)
    else { return Array(tag) }
    var output = Array("<a href=\"".utf8) + escaped(balanced(address)) + "\"".utf8
    if let title = HTMLTokens.attribute("title", of: tag) {
      output += " title=\"".utf8 + escaped(title) + "\"".utf8
    }
    return output + ">".utf8
  }

  /// The URL with unmatched brackets percent-encoded.
  private static func balanced(_ address: String) -> String {
    var depth = 0
    let isBalanced =
      address.utf8.allSatisfy { byte in
        depth += byte == UInt8(ascii: "(") ? 1 : byte == UInt8(ascii: ")") ? -1 : 0
        return depth >= 0
      } && depth == 0
    if isBalanced { return address }
    var encoded = ""
    for scalar in address.unicodeScalars {
      switch scalar {
      case "(": encoded += "%28"
      case ")": encoded += "%29"
      default: encoded.unicodeScalars.append(scalar)
      }
    }
    return encoded
  }

  /// An image without sizes and classes, which markdown supports.
  private static func image(_ tag: ArraySlice<UInt8>) -> [UInt8] {
    var output = Array("<img".utf8)
    for name in ["src", "alt", "title"] {
      guard let value = HTMLTokens.attribute(name, of: tag) else { continue }
      output += " \(name)=\"".utf8
      output += escaped(name == "src" ? balanced(value) : value) + "\"".utf8
    }
    return output + ">".utf8
  }

  private static func link(to address: String?) -> [UInt8] {
    guard let address, !address.isEmpty else { return [] }
    var shown = address
    if shown.hasPrefix("//") { shown = "https:" + shown }
    return "<a href=\"".utf8 + escaped(balanced(shown)) + "\">".utf8 + escaped(shown) + "</a> ".utf8
  }

  static func escaped(_ text: String) -> [UInt8] {
    var escaped: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "<"): escaped += "&lt;".utf8
      case UInt8(ascii: "&"): escaped += "&amp;".utf8
      case UInt8(ascii: "\""): escaped += "&quot;".utf8
      default: escaped.append(byte)
      }
    }
    return escaped
  }
}
