import StoaModel

/// Replaces Jekyll's Liquid tags and kramdown's own syntax by what its readers saw.
struct JekyllTags {
  private var text: TagText
  private let site: GeneratorSite
  private let title: String

  static func translated(
    _ source: [UInt8], isMarkdown: Bool, title: String, site: GeneratorSite
  ) -> (text: [UInt8], notes: [String]) {
    guard source.contains(UInt8(ascii: "{")) || source.contains(text: "$$") else {
      return (source, [])
    }
    var tags = JekyllTags(text: TagText(source, isMarkdown: isMarkdown), site: site, title: title)
    tags.run()
    return (tags.text.output, tags.text.notes)
  }

  private var source: [UInt8] { text.source }

  private mutating func run() {
    let source = text.source
    while text.position < source.count {
      let position = text.position
      let next = position + 1 < source.count ? source[position + 1] : 0
      switch (source[position], next) {
      case (UInt8(ascii: "{"), UInt8(ascii: "%")): takeTag()
      case (UInt8(ascii: "{"), UInt8(ascii: "{")): takeOutput()
      case (UInt8(ascii: "{"), UInt8(ascii: ":")) where text.isMarkdown: takeAttributes()
      case (UInt8(ascii: "{"), UInt8(ascii: "#")) where text.isMarkdown: takeAttributes()
      case (UInt8(ascii: "$"), UInt8(ascii: "$")) where text.isMarkdown: takeMath()
      default: text.copy()
      }
    }
  }

  private func end(_ mark: String, from start: Int) -> Int? {
    let window = source[start..<min(source.count, start + TagText.maximumTag)]
    return window.range(of: mark.utf8)?.lowerBound
  }

  // MARK: Liquid

  private mutating func takeTag() {
    let start = text.position
    guard let close = end("%}", from: start + 2) else { return text.copy() }
    var inner = source[(start + 2)..<close]
    if inner.first == UInt8(ascii: "-") { inner = inner.dropFirst() }
    if inner.last == UInt8(ascii: "-") { inner = inner.dropLast() }
    let after = close + 2
    inner = inner.drop { $0 <= 0x20 }
    let word = inner.prefix { ASCII.isLetterOrDigit($0) || $0 == UInt8(ascii: "_") }
    let name = String(decoding: word, as: UTF8.self)
    let arguments = TagArguments(inner[word.endIndex...])
    switch name {
    case "highlight":
      guard let (code, end) = content(of: "highlight", from: after) else { break }
      text.position = end
      return text.appendBlock(Self.withoutRaw(code), language: arguments.words.first ?? "")
    case "raw":
      guard let (raw, end) = content(of: "raw", from: after) else { break }
      text.append(raw)
      text.position = end
      return
    case "comment":
      guard let (_, end) = content(of: "comment", from: after) else { break }
      text.note("a comment of Liquid's was left out")
      text.position = end
      return
    case "post_url", "link":
      let wanted = arguments.words.first ?? ""
      if let file = site.file(called: wanted) {
        text.append(OldLinks.address(ofKey: file).utf8)
      } else if name == "link", wanted.contains("."), !wanted.hasSuffix(".md") {
        text.append((wanted.hasPrefix("/") ? wanted : "/" + wanted).utf8)
      } else {
        text.note("“\(CleanText.line(wanted, maximumLength: 200))” names no post of the site")
        break
      }
      text.position = after
      return
    case "youtube", "vimeo", "gist", "twitter", "tweet":
      guard let address = TagText.address(ofEmbed: name, arguments) else { break }
      text.appendLink(address)
      text.position = after
      return
    default: break
    }
    text.leave(upTo: after, as: "Liquid tags are left as they are")
  }

  /// The content of a tag up to its end tag, and the position after that.
  private func content(of name: String, from start: Int) -> (ArraySlice<UInt8>, Int)? {
    var from = start
    while let open = source[from...].range(of: "{%".utf8) {
      guard let close = end("%}", from: open.upperBound) else { return nil }
      let inner = source[open.upperBound..<close].filter { $0 > 0x20 && $0 != UInt8(ascii: "-") }
      if inner.elementsEqual("end\(name)".utf8) {
        return (source[start..<open.lowerBound], close + 2)
      }
      from = open.upperBound
    }
    return nil
  }

  /// Code without the `raw` tags that protected it from Liquid.
  private static func withoutRaw(_ code: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard code.contains(text: "raw") else { return code }
    var kept: [UInt8] = []
    var rest = code
    while let open = rest.range(of: "{%".utf8),
      let close = rest[open.upperBound...].prefix(64).range(of: "%}".utf8)
    {
      let inner = rest[open.upperBound..<close.lowerBound].filter { $0 > 0x20 && $0 != 0x2D }
      let isMark = inner.elementsEqual("raw".utf8) || inner.elementsEqual("endraw".utf8)
      kept += rest[..<(isMark ? open.lowerBound : close.upperBound)]
      rest = rest[close.upperBound...]
    }
    return (kept + rest)[...]
  }

  /// `{{ site.url }}` and the like.
  private mutating func takeOutput() {
    let start = text.position
    guard let close = end("}}", from: start + 2) else { return text.copy(2) }
    var inner = source[(start + 2)..<close]
    if inner.first == UInt8(ascii: "-") { inner = inner.dropFirst() }
    if inner.last == UInt8(ascii: "-") { inner = inner.dropLast() }
    guard let value = value(of: String(decoding: inner, as: UTF8.self)) else {
      return text.leave(upTo: close + 2, as: "Liquid tags are left as they are")
    }
    text.append(value.utf8)
    text.position = close + 2
  }

  /// An expression's value; nil when it is not one that is known without Jekyll.
  private func value(of expression: String) -> String? {
    // In links, the new site's root replaces the old site's.
    let isAddress = text.isInAddress
    var steps = expression.split(separator: "|", omittingEmptySubsequences: false)
      .map { CleanText.trim(String($0)) }
    guard var value = term(steps.removeFirst(), isAddress: isAddress) else { return nil }
    for step in steps {
      let parts = step.split(separator: ":", maxSplits: 1).map { CleanText.trim(String($0)) }
      let argument = parts.count > 1 ? term(parts[1], isAddress: isAddress) : nil
      switch parts.first {
      case "relative_url": value = isAddress ? value : site.basePath + value
      case "absolute_url": value = isAddress ? value : site.url + site.basePath + value
      case "prepend":
        guard let argument else { return nil }
        value = argument + value
      case "append":
        guard let argument else { return nil }
        value += argument
      case "escape", "xml_escape", "strip", "uri_escape": break
      default: return nil
      }
    }
    return value
  }

  private func term(_ text: String, isAddress: Bool) -> String? {
    if let first = text.first, first == "\"" || first == "'", text.count > 1, text.last == first {
      return String(text.dropFirst().dropLast())
    }
    switch text {
    case "site.url": return isAddress ? "" : site.url
    case "site.baseurl": return isAddress ? "" : site.basePath
    case "site.title": return site.title
    case "page.title": return title
    default: return nil
    }
  }

  // MARK: kramdown

  /// `{: .lead}`, `{:toc}`, `{#id}` after a heading, and `{::comment}`.
  private mutating func takeAttributes() {
    let start = text.position
    guard !text.isInCode, let close = end("}", from: start) else { return text.copy(2) }
    let inner = source[(start + 1)..<close]
    guard !inner.contains(0x0A) else { return text.copy(2) }
    if inner.starts(with: "::".utf8) || inner.starts(with: ":/".utf8) {
      return takeExtension(inner, upTo: close + 1)
    }
    guard Self.isAttributeList(inner) else { return text.copy(2) }
    let line = text.output.lastIndex(of: 0x0A).map { text.output[($0 + 1)...] } ?? text.output[...]
    let isAlone = line.allSatisfy { $0 <= 0x20 }
    let isHeading = line.first == UInt8(ascii: "#")
    guard isAlone || inner.first == UInt8(ascii: ":") || isHeading else { return text.copy(2) }
    text.note("kramdown's attributes were left out")
    text.position = close + 1
    if isAlone {
      if inner.elementsEqual(":toc".utf8) {
        text.removeLastLine { line in
          let line = line.drop { $0 <= 0x20 }
          return line.first.map { "*-+1".utf8.contains($0) } == true && line.count < 40
        }
      }
      if text.position < source.count, source[text.position] == 0x0A { text.position += 1 }
    }
  }

  private static func isAttributeList(_ inner: ArraySlice<UInt8>) -> Bool {
    let words = inner.drop { $0 == UInt8(ascii: ":") }
    guard !words.allSatisfy({ $0 <= 0x20 }) else { return true }
    let arguments = TagArguments(words)
    let isNamed = arguments.named.keys.allSatisfy { key in
      !key.isEmpty && key.utf8.allSatisfy { ASCII.isLetterOrDigit($0) || $0 == 0x2D || $0 == 0x5F }
    }
    return isNamed
      && arguments.words.allSatisfy { word in
        word == "toc" || word.hasPrefix(".") || word.hasPrefix("#")
          || inner.first == UInt8(ascii: ":") && word.utf8.allSatisfy(ASCII.isLetter)
      }
  }

  private mutating func takeExtension(_ inner: ArraySlice<UInt8>, upTo end: Int) {
    let name = String(
      decoding: inner.drop { $0 == 0x3A }.prefix(while: ASCII.isLetter), as: UTF8.self)
    text.position = end
    guard name == "comment", inner.last != UInt8(ascii: "/") else { return }
    for mark in ["{:/comment}", "{:/}"] {
      if let close = source[end...].range(of: mark.utf8) {
        text.note("a comment of kramdown's was left out")
        text.position = close.upperBound
        return
      }
    }
  }

  /// A formula, `$$…$$`, in which markdown would read backslashes and asterisks as markup.
  private mutating func takeMath() {
    let start = text.position
    guard !text.isInCode, let close = end("$$", from: start + 2) else { return text.copy(2) }
    let inner = source[(start + 2)..<close]
    guard !inner.isEmpty, !inner.contains(text: "\n\n"), !inner.contains(0x60) else {
      return text.copy(2)
    }
    let after = source[(close + 2)...].prefix { $0 != 0x0A }
    let line = text.output.lastIndex(of: 0x0A).map { text.output[($0 + 1)...] } ?? text.output[...]
    text.position = close + 2
    if line.allSatisfy({ $0 <= 0x20 }), after.allSatisfy({ $0 <= 0x20 }) {
      return text.appendBlock(inner, language: "math")
    }
    var formula = inner.drop { $0 <= 0x20 }
    while let last = formula.last, last <= 0x20 { formula = formula.dropLast() }
    text.append("$`".utf8 + formula.map { $0 == 0x0A ? 0x20 : $0 } + "`$".utf8)
  }
}
