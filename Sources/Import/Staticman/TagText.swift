import StoaModel

/// A text in which a generator's tags are replaced: the parts that Jekyll and Hugo have in common.
struct TagText {
  let source: [UInt8]
  let isMarkdown: Bool
  var position = 0
  private(set) var output: [UInt8] = []
  /// Sentences on what was done, each once.
  private(set) var notes: [String] = []
  /// The ranges of code in markdown.
  private let code: [Range<Int>]
  private var nextCode = 0
  /// The maximum length of a tag.
  static let maximumTag = 4_096

  init(_ source: [UInt8], isMarkdown: Bool) {
    self.source = source
    self.isMarkdown = isMarkdown
    code = isMarkdown ? MarkdownCode.ranges(in: source) : []
    output.reserveCapacity(source.count + 64)
  }

  /// Whether the position is within code.
  var isInCode: Bool {
    mutating get {
      while nextCode < code.count, code[nextCode].upperBound <= position { nextCode += 1 }
      return nextCode < code.count && code[nextCode].contains(position)
    }
  }

  mutating func note(_ note: String) {
    if !notes.contains(note), notes.count < 40 { notes.append(note) }
  }

  mutating func copy(_ count: Int = 1) {
    let end = min(source.count, position + count)
    output += source[position..<end]
    position = end
  }

  mutating func append(_ bytes: some Sequence<UInt8>) { output += bytes }

  /// Copies a tag that is kept, in a form that markdown does not interpret.
  mutating func leave(upTo end: Int, as what: String) {
    note(what)
    let isPlain = isInCode || !isMarkdown
    for byte in source[position..<end] {
      if !isPlain, "<*`\\".utf8.contains(byte) { output.append(UInt8(ascii: "\\")) }
      output.append(byte)
    }
    position = end
  }

  /// A code block, which begins on a new line.
  mutating func appendBlock(_ code: ArraySlice<UInt8>, language: String) {
    let name = language.prefix { $0.isASCII && !$0.isWhitespace && $0 != "`" }
    guard isMarkdown else {
      let text = String(decoding: code.drop { $0 == 0x0A || $0 == 0x0D }, as: UTF8.self)
      append("<pre><code class=\"language-\(name)\">".utf8)
      append(HTMLPreparation.escaped(text))
      append("</code></pre>".utf8)
      return
    }
    let line = output.lastIndex(of: 0x0A).map { Array(output[($0 + 1)...]) } ?? output
    let isIndented = line.allSatisfy { $0 == 0x20 || $0 == 0x09 }
    if isIndented { output.removeLast(line.count) } else { append("\n\n".utf8) }
    let indentation = isIndented ? line : []
    append(MarkdownCode.block(Array(code), language: String(name), indentation: indentation))
    // A fence ends its line.
    if position < source.count, source[position] != 0x0A { append("\n".utf8) }
  }

  /// Appends a link to another site, with its URL as the text.
  mutating func appendLink(_ address: String) {
    let escaped = HTMLPreparation.escaped(address)
    append(
      isMarkdown
        ? Array("<\(address)>".utf8)
        : "<a href=\"".utf8 + escaped + "\">".utf8 + escaped + "</a>".utf8)
  }

  /// Whether the position is in the URL of a link or in an attribute of HTML.
  var isInAddress: Bool {
    let word = output.suffix(200).reversed().prefix { $0 > 0x20 }
    guard let last = word.last else { return false }
    let end = Array(word.reversed())
    if end.range(of: "](".utf8) != nil || end.contains(UInt8(ascii: "\"")) { return true }
    return last == UInt8(ascii: "<") || end.contains(UInt8(ascii: "'"))
      || output.suffix(3).elementsEqual("]: ".utf8)
  }

  /// Removes the last line of the output if it consists of these bytes only.
  mutating func removeLastLine(where test: (ArraySlice<UInt8>) -> Bool) {
    var end = output.count
    if output.last == 0x0A { end -= 1 }
    let start = output[..<end].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    if test(output[start..<end]) { output.removeSubrange(start...) }
  }

  /// The URL of the video, gist or post that a tag of this name embeds.
  static func address(ofEmbed name: String, _ arguments: TagArguments) -> String? {
    let keys = ["id", "src", "url", "user"]
    let word = arguments.words.first ?? keys.lazy.compactMap { arguments.named[$0] }.first ?? ""
    guard !word.isEmpty, word.utf8.allSatisfy({ $0 > 0x20 && !"<>\"'`{}".utf8.contains($0) }) else {
      return nil
    }
    if word.hasPrefix("https://") || word.hasPrefix("http://") { return word }
    let id = word.utf8.allSatisfy { ASCII.isLetterOrDigit($0) || "-_/".utf8.contains($0) }
    guard id else { return nil }
    switch name {
    case "youtube": return "https://www.youtube.com/watch?v=\(word)"
    case "vimeo": return "https://vimeo.com/\(word)"
    case "gist":
      let rest = arguments.words.dropFirst().first
      return "https://gist.github.com/"
        + ([word] + (rest.map { [$0] } ?? [])).joined(separator: "/")
    case "instagram": return "https://www.instagram.com/p/\(word)/"
    case "tweet", "x", "twitter":
      let user = arguments.named["user"] ?? "i"
      return "https://x.com/\(user)/status/\(arguments.named["id"] ?? word)"
    default: return nil
    }
  }
}
