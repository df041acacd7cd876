import StoaModel

/// Finds links in markdown by its bytes, outside code, and replaces their URLs.
///
/// The search for each link is bounded, so the time is linear. Everything that is not recognised stays unchanged.
struct MarkdownLinks {
  private static let maximumAddress = 4_000
  private static let maximumSpan = 16_384
  /// CommonMark's limit.
  private static let maximumLabel = 999

  private let text: [UInt8]
  private let outcome: (String) -> LinkOutcome
  private var output: [UInt8] = []
  private var position = 0
  /// The places of `[` in the output and in the text, in the current paragraph.
  private var brackets: [(output: Int, text: Int)] = []
  private var fence: (byte: UInt8, count: Int)?
  /// The lengths of backtick runs without a matching run, so that each length is searched only once.
  private var openRuns: [Int: Int] = [:]
  private(set) var isChanged = false
  /// The texts in place of reference links, by label; their definitions were left out.
  private var maskedLabels: [[UInt8]: String] = [:]

  /// The text with each link's address replaced as `outcome` says.
  static func rewrite(_ text: [UInt8], _ outcome: (String) -> LinkOutcome) -> [UInt8] {
    guard text.contains(where: { ":]@".utf8.contains($0) }) else { return text }
    return withoutActuallyEscaping(outcome) { outcome in
      var links = MarkdownLinks(text, outcome)
      links.run()
      if !links.maskedLabels.isEmpty {
        // Links precede their definitions, so a second pass is needed.
        let labels = links.maskedLabels
        links = MarkdownLinks(text, outcome)
        links.maskedLabels = labels
        links.run()
      }
      return links.isChanged ? links.output : text
    }
  }

  private init(_ text: [UInt8], _ outcome: @escaping (String) -> LinkOutcome) {
    self.text = text
    self.outcome = outcome
    output.reserveCapacity(text.count + 64)
  }

  private mutating func run() {
    var isLineStart = true
    while position < text.count {
      if isLineStart, takeLine() { continue }
      isLineStart = text[position] == 0x0A
      switch text[position] {
      case UInt8(ascii: "\\"): copy(min(2, text.count - position))
      case UInt8(ascii: "`"): takeCode()
      case UInt8(ascii: "["):
        brackets.append((output.count, position))
        copy(1)
      case UInt8(ascii: "]"): takeBracket()
      case UInt8(ascii: "<"): takeAngle()
      case UInt8(ascii: "h"), UInt8(ascii: "H"), UInt8(ascii: "w"), UInt8(ascii: "W"):
        takeBareAddress()
      default: copy(1)
      }
    }
  }

  private mutating func copy(_ count: Int) {
    output += text[position..<(position + count)]
    position += count
  }

  // MARK: Lines

  /// Copies a line of a fenced code block; returns whether it was one.
  private mutating func takeLine() -> Bool {
    let end = text[position...].firstIndex(of: 0x0A).map { $0 + 1 } ?? text.count
    var start = position
    while start < end, [0x20, 0x09, UInt8(ascii: ">")].contains(text[start]) { start += 1 }
    if start == end || text[start] == 0x0A { brackets = [] }
    let first = start < end ? text[start] : 0
    let run = text[start..<end].prefix { $0 == first }.count
    if let open = fence {
      let rest = text[(start + (first == open.byte ? run : 0))..<end]
      if first == open.byte, run >= open.count, rest.allSatisfy({ $0 <= 0x20 }) { fence = nil }
      copy(end - position)
      return true
    }
    guard first == UInt8(ascii: "`") || first == UInt8(ascii: "~"), run >= 3,
      first == UInt8(ascii: "~")
        || !text[(start + run)..<end].contains(UInt8(ascii: "`"))
    else { return takeDefinition(from: start, to: end) }
    fence = (first, run)
    copy(end - position)
    return true
  }

  /// Reads `[label]: address`.
  private mutating func takeDefinition(from start: Int, to end: Int) -> Bool {
    guard start < end, text[start] == UInt8(ascii: "["),
      let close = text[start..<end].firstIndex(of: UInt8(ascii: "]")), close + 1 < end,
      text[close + 1] == UInt8(ascii: ":"), start + 1 < close, text[start + 1] != UInt8(ascii: "^")
    else { return false }
    var from = close + 2
    while from < end, text[from] == 0x20 || text[from] == 0x09 { from += 1 }
    guard let (address, after) = destination(from: from, in: end) else { return false }
    switch outcome(address) {
    case .address(let new):
      output += text[position..<from]
      write(new)
      position = after
      isChanged = true
    case .masked(let shown):
      maskedLabels[Self.normal(text[(start + 1)..<close])] = shown
      position = end
      isChanged = true
    case .kept, .words, .missing: break
    }
    copy(end - position)
    return true
  }

  /// A label in the form in which labels are compared.
  private static func normal(_ label: ArraySlice<UInt8>) -> [UInt8] {
    Array(label.split(whereSeparator: { $0 <= 0x20 }).joined(separator: [0x20]))
      .map(ASCII.lowercased)
  }

  // MARK: Inlines

  private mutating func takeCode() {
    let count = text[position...].prefix { $0 == UInt8(ascii: "`") }.count
    if let known = openRuns[count], known > position { return copy(count) }
    let limit = min(text.count, position + Self.maximumSpan)
    var index = position + count
    while index < limit {
      guard let next = text[index..<limit].firstIndex(of: UInt8(ascii: "`")) else { break }
      let run = text[next..<limit].prefix { $0 == UInt8(ascii: "`") }.count
      if run == count { return copy(next + run - position) }
      index = next + run
    }
    openRuns[count] = limit
    copy(count)
  }

  private mutating func takeBracket() {
    guard let open = brackets.popLast() else { return copy(1) }
    guard position + 1 < text.count, text[position + 1] == UInt8(ascii: "(") else {
      return takeReference(openedAt: open)
    }
    let limit = min(text.count, position + Self.maximumAddress)
    var from = position + 2
    while from < limit, text[from] <= 0x20 { from += 1 }
    guard let (address, after) = destination(from: from, in: limit) else { return copy(1) }
    switch outcome(address) {
    case .address(let new):
      output += "](".utf8
      write(new)
      position = after
      isChanged = true
    case .words:
      guard let end = end(ofLinkFrom: after, in: limit), !isImage(openedAt: open.output) else {
        return copy(1)
      }
      output.remove(at: open.output)
      position = end
      isChanged = true
    case .masked(let shown):
      guard let end = end(ofLinkFrom: after, in: limit) else { return copy(1) }
      giveUp(linkOpenedAt: open.output, upTo: end, shown)
    // Text inside a URL is not another URL.
    case .kept, .missing: copy(after - position)
    }
  }

  private func isImage(openedAt open: Int) -> Bool {
    open > 0 && output[open - 1] == UInt8(ascii: "!")
  }

  /// Handles `[words][label]`, `[label][]` or `[label]`, which are links only if the label has a definition.
  private mutating func takeReference(openedAt open: (output: Int, text: Int)) {
    guard !maskedLabels.isEmpty else { return copy(1) }
    var label = text[(open.text + 1)..<position]
    var end = position + 1
    let limit = min(text.count, end + Self.maximumLabel)
    if end < limit, text[end] == UInt8(ascii: "["),
      let close = text[end..<limit].firstIndex(of: UInt8(ascii: "]"))
    {
      if close > end + 1 { label = text[(end + 1)..<close] }
      end = close + 1
    }
    guard label.count <= Self.maximumLabel, let shown = maskedLabels[Self.normal(label)] else {
      return copy(1)
    }
    giveUp(linkOpenedAt: open.output, upTo: end, shown)
  }

  /// Writes the words of a link or image, followed by the replacement for it, unless the words already say that something is
  /// missing.
  private mutating func giveUp(linkOpenedAt open: Int, upTo end: Int, _ shown: String) {
    let isImage = isImage(openedAt: open)
    output.remove(at: open)
    if isImage { output.remove(at: open - 1) }
    let words = Array(output[(isImage ? open - 1 : open)...])
    position = end
    isChanged = true
    guard !MailAddress.holdsMask(words), MailAddress.ranges(in: words, urls: .searched).isEmpty
    else { return }
    output += " (".utf8
    write(masked: shown)
    output.append(UInt8(ascii: ")"))
  }

  /// Writes the replacement for a link, so that no part of it becomes another link.
  private mutating func write(masked shown: String) {
    guard shown == MailAddress.mask else {
      output += MarkdownCode.span(Array(shown.utf8))
      return
    }
    // Double brackets would begin a wikilink.
    let next = position < text.count ? text[position] : 0
    let isBare = output.last == UInt8(ascii: "[") || next == UInt8(ascii: "]")
    output += isBare ? shown.utf8.dropFirst().dropLast() : shown.utf8[...]
    if !isBare, ":([".utf8.contains(next) { output.append(UInt8(ascii: "\\")) }
  }

  /// The end of a link after its URL: after its title and bracket.
  private func end(ofLinkFrom start: Int, in limit: Int) -> Int? {
    var index = start
    var quote: UInt8?
    while index < limit {
      let byte = text[index]
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: "(") {
        quote = UInt8(ascii: ")")
      } else if byte == UInt8(ascii: ")") {
        return index + 1
      } else if byte > 0x20 {
        return nil
      }
      index += 1
    }
    return nil
  }

  /// The URL at a place, and its end.
  private func destination(from start: Int, in limit: Int) -> (String, Int)? {
    guard start < limit else { return nil }
    if text[start] == UInt8(ascii: "<") {
      guard let end = text[start..<limit].firstIndex(where: { $0 == 0x3E || $0 == 0x0A }),
        text[end] == 0x3E
      else { return nil }
      return (Self.plain(text[(start + 1)..<end]), end + 1)
    }
    var depth = 0
    var index = start
    while index < limit {
      let byte = text[index]
      if byte <= 0x20 { break }
      if byte == UInt8(ascii: "\\"), index + 1 < limit {
        index += 2
        continue
      }
      if byte == UInt8(ascii: "(") { depth += 1 }
      if byte == UInt8(ascii: ")") {
        if depth == 0 { break }
        depth -= 1
      }
      index += 1
    }
    guard index > start, index <= limit else { return nil }
    return (Self.plain(text[start..<index]), index)
  }

  /// A URL without its backslash escapes and character references.
  private static func plain(_ bytes: ArraySlice<UInt8>) -> String {
    var kept: [UInt8] = []
    var isEscaped = false
    for byte in bytes {
      if byte == UInt8(ascii: "\\"), !isEscaped {
        isEscaped = true
        continue
      }
      if isEscaped, ASCII.isLetterOrDigit(byte) { kept.append(UInt8(ascii: "\\")) }
      isEscaped = false
      kept.append(byte)
    }
    return HTMLEntities.decode(String(decoding: kept, as: UTF8.self))
  }

  private mutating func write(_ address: String) {
    let needsBrackets = address.utf8.contains { $0 <= 0x20 || $0 == 0x28 || $0 == 0x29 }
    output += (needsBrackets ? "<\(address)>" : address).utf8
  }

  /// `<https://…>`, `<ann@example.org>`, or a tag of HTML.
  private mutating func takeAngle() {
    let limit = min(text.count, position + Self.maximumAddress)
    guard let end = text[position..<limit].firstIndex(of: UInt8(ascii: ">")) else { return copy(1) }
    let inner = text[(position + 1)..<end]
    let isWord = !inner.contains { $0 <= 0x20 }
    if isWord, inner.starts(with: "http".utf8) {
      return replace(String(decoding: inner, as: UTF8.self), upTo: end + 1)
    }
    guard let first = inner.first else { return copy(1) }
    if isWord, inner.contains(UInt8(ascii: "@")), takeMasked(inner, upTo: end + 1) { return }
    guard ASCII.isLetter(first) else { return copy(1) }
    let tag = text[position...end]
    for name in ["href", "src"] {
      guard let old = HTMLTokens.attribute(name, of: tag), !old.isEmpty,
        case .address(let new) = outcome(old)
      else { continue }
      let written = Array(old.utf8)
      if let place = tag.range(of: written) {
        output += tag[..<place.lowerBound] + Array(new.utf8) + tag[place.upperBound...]
        position = end + 1
        isChanged = true
        return
      }
    }
    copy(end + 1 - position)
  }

  /// Handles a bare URL.
  private mutating func takeBareAddress() {
    let isWordStart =
      position == 0 || !ASCII.isLetterOrDigit(text[position - 1]) && text[position - 1] != 0x2F
    guard isWordStart,
      let start = ["http://", "https://", "www."].first(where: { start in
        text[position...].prefix(start.utf8.count).map(ASCII.lowercased).elementsEqual(start.utf8)
      })
    else { return copy(1) }
    let isInBrackets = !brackets.isEmpty
    let window = text[position...].prefix(Self.maximumAddress)
    var word = window.prefix {
      $0 > 0x20 && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: "`")
        && (!isInBrackets || $0 != UInt8(ascii: "]"))
    }
    while let last = word.last {
      let isMark = "?!.,:*_~'\"".utf8.contains(last)
      let isLoose =
        last == UInt8(ascii: ")")
        && word.count(where: { $0 == 0x29 }) > word.count(where: { $0 == 0x28 })
      guard isMark || isLoose else { break }
      word = word.dropLast()
    }
    // The text of a link cannot contain another link, and only URLs with a scheme lead to the old site.
    replace(
      String(decoding: word, as: UTF8.self), upTo: word.endIndex,
      mayBecomeLink: !isInBrackets && start != "www.")
  }

  /// Writes the replacement for a bare URL or autolink that must be masked; false when it need not be.
  private mutating func takeMasked(_ address: ArraySlice<UInt8>, upTo end: Int) -> Bool {
    let address = HTMLEntities.decode(String(decoding: address, as: UTF8.self))
    guard case .masked(let shown) = outcome(address) else { return false }
    position = end
    write(masked: shown)
    isChanged = true
    return true
  }

  /// Writes a bare URL or autolink, up to a place of the source.
  private mutating func replace(_ address: String, upTo end: Int, mayBecomeLink: Bool = true) {
    switch outcome(HTMLEntities.decode(address)) {
    case .masked(let shown):
      position = end
      write(masked: shown)
      isChanged = true
    case .address(let new) where mayBecomeLink:
      output += "[\(address)](".utf8
      write(new)
      output.append(UInt8(ascii: ")"))
      position = end
      isChanged = true
    default: copy(mayBecomeLink ? end - position : 1)
    }
  }
}
