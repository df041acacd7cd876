import StoaModel

/// Replaces Hugo's shortcodes by what its readers saw.
struct HugoShortcodes {
  private var text: TagText
  private let site: GeneratorSite

  static func translated(
    _ source: [UInt8], isMarkdown: Bool, site: GeneratorSite
  ) -> (text: [UInt8], notes: [String]) {
    guard source.contains(UInt8(ascii: "{")) else { return (source, []) }
    var codes = HugoShortcodes(text: TagText(source, isMarkdown: isMarkdown), site: site)
    codes.run()
    return (codes.text.output, codes.text.notes)
  }

  private struct Opening {
    let name: String
    let arguments: TagArguments
    let isEnd: Bool
    let end: Int
  }

  private mutating func run() {
    let source = text.source
    while text.position < source.count {
      guard source[text.position] == UInt8(ascii: "{") else {
        text.copy()
        continue
      }
      let rest = source[text.position...]
      if rest.starts(with: "{{<".utf8) || rest.starts(with: "{{%".utf8) {
        take()
      } else if rest.starts(with: "{#".utf8) || rest.starts(with: "{.".utf8), takeAttributes() {
        continue
      } else {
        text.copy()
      }
    }
  }

  private func opening(at start: Int) -> Opening? {
    let source = text.source
    let mark = source[start + 2]
    let close = Array(mark == UInt8(ascii: "<") ? ">}}".utf8 : "%}}".utf8)
    let window = source[(start + 3)..<min(source.count, start + TagText.maximumTag)]
    guard let end = window.range(of: close) else { return nil }
    var inner = window[..<end.lowerBound].drop { $0 <= 0x20 }
    let isEnd = inner.first == UInt8(ascii: "/") && !inner.starts(with: "/*".utf8)
    if isEnd { inner = inner.dropFirst().drop { $0 <= 0x20 } }
    while let last = inner.last,
      last <= 0x20 || last == UInt8(ascii: "/") && !inner.starts(with: "/*".utf8)
    {
      inner = inner.dropLast()
    }
    let word = inner.prefix { $0 > 0x20 }
    return Opening(
      name: String(decoding: word, as: UTF8.self), arguments: TagArguments(inner[word.endIndex...]),
      isEnd: isEnd, end: end.upperBound)
  }

  private mutating func take() {
    let start = text.position
    guard let opening = opening(at: start) else { return text.copy(3) }
    // This is how Hugo's own guide shows a shortcode.
    if opening.name.hasPrefix("/*") { return showEscaped(start, opening.end) }
    let arguments = opening.arguments
    if !opening.isEnd {
      switch opening.name {
      case "highlight":
        guard let (code, end) = content(of: "highlight", from: opening.end) else { break }
        text.position = end
        return text.appendBlock(code, language: arguments.words.first ?? "")
      case "figure":
        guard let source = arguments.named["src"] ?? arguments.words.first else { break }
        text.position = opening.end
        return figure(source, arguments)
      case "ref", "relref":
        let wanted = arguments.words.first ?? arguments.named["path"] ?? ""
        let parts = wanted.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let fragment = parts.count > 1 ? String(parts[1]) : ""
        if parts.first?.isEmpty == true, !fragment.isEmpty {
          text.append("#\(fragment)".utf8)
        } else if let file = parts.first.flatMap({ site.file(called: String($0)) }) {
          text.append(OldLinks.address(ofKey: file, fragment: fragment).utf8)
        } else {
          text.note("“\(CleanText.line(wanted, maximumLength: 200))” names no text of the site")
          break
        }
        text.position = opening.end
        return
      case "youtube", "vimeo", "gist", "tweet", "x", "instagram":
        guard let address = TagText.address(ofEmbed: opening.name, arguments) else { break }
        text.appendLink(address)
        text.position = opening.end
        return
      default: break
      }
    }
    text.leave(upTo: opening.end, as: "shortcodes are left as they are")
  }

  private mutating func showEscaped(_ start: Int, _ end: Int) {
    let inner = text.source[(start + 5)..<(end - 3)]
    let shown = inner.range(of: "*/".utf8).map { inner[..<$0.lowerBound] } ?? inner
    let isPlain = text.isInCode || !text.isMarkdown
    text.append("{{".utf8)
    if !isPlain { text.append("\\".utf8) }
    text.append([text.source[start + 2]])
    text.append(shown)
    text.append(text.source[(end - 3)..<end])
    text.position = end
  }

  private func content(of name: String, from start: Int) -> (ArraySlice<UInt8>, Int)? {
    var from = start
    while let open = text.source[from...].range(of: "{{".utf8) {
      from = open.upperBound
      guard from < text.source.count, "<%".utf8.contains(text.source[from]) else { continue }
      guard let close = opening(at: open.lowerBound), close.isEnd, close.name == name else {
        continue
      }
      return (text.source[start..<open.lowerBound], close.end)
    }
    return nil
  }

  /// A picture, and its title and caption below it.
  private mutating func figure(_ source: String, _ arguments: TagArguments) {
    let named = arguments.named
    let caption = [named["title"], named["caption"]].compactMap { $0 }.filter { !$0.isEmpty }
    let credit = named["attr"].flatMap { $0.isEmpty ? nil : $0 }
    let alternative = CleanText.line(named["alt"] ?? "")
    if text.isMarkdown {
      var picture =
        Array("![".utf8) + InlineTags.escapingBrackets(Array(alternative.utf8)) + "](".utf8
        + InlineTags.destination(source) + ")".utf8
      if let link = named["link"], !link.isEmpty {
        picture = "[".utf8 + picture + "](".utf8 + InlineTags.destination(link) + ")".utf8
      }
      text.append(picture)
      for words in caption { text.append("\n\n*\(CleanText.line(words))*".utf8) }
      if let credit {
        let link = named["attrlink"].map { "[\(credit)](\($0))" } ?? credit
        text.append("\n\n*\(CleanText.line(link))*".utf8)
      }
    } else {
      let words = (caption + (credit.map { [$0] } ?? [])).map { "<p><em>\($0)</em></p>" }
      text.append("<p><img src=\"".utf8 + HTMLPreparation.escaped(source) + "\" alt=\"".utf8)
      text.append(HTMLPreparation.escaped(alternative) + "\"></p>\(words.joined())".utf8)
    }
  }

  /// Handles `{#id .class}` after a heading; returns whether there was one.
  private mutating func takeAttributes() -> Bool {
    let line = text.output.lastIndex(of: 0x0A).map { text.output[($0 + 1)...] } ?? text.output[...]
    let rest = text.source[text.position...].prefix(300).prefix { $0 != 0x0A }
    guard text.isMarkdown, !text.isInCode, line.first == UInt8(ascii: "#"),
      let close = rest.firstIndex(of: UInt8(ascii: "}")),
      rest[(close + 1)...].allSatisfy({ $0 <= 0x20 })
    else { return false }
    text.note("attributes of headings were left out")
    text.position = close + 1
    return true
  }
}
