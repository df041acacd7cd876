import StoaData
import StoaModel

/// The text of a post: the markdown if the file has it, otherwise the HTML.
struct DiscourseBody {
  private(set) var text = SourceMarkup.markdown([])
  private(set) var notes: [String] = []
  /// Embedded uploads: the name beside the post, and the path below the source.
  private(set) var files: [(name: String, path: String)] = []

  private static let maximumDepth = 8
  /// The remaining bytes that may be searched for ends of blocks: a text of opening tags alone would take quadratic time.
  private var budget = 0

  init(
    _ record: SourceRecord, isComment: Bool, uploads: [String: String],
    options: DiscourseReader.Options
  ) {
    let raw = CleanText.clean((record["raw"]?.text ?? "").utf8)
    guard !raw.isEmpty else {
      let cooked = CleanText.clean((record["cooked"]?.text ?? "").utf8)
      text = .html(Self.withQuotationLinks(cooked))
      return
    }
    budget = 16 * raw.count + 65_536
    var markdown = translated(raw, depth: 0)
    markdown = withUploads(markdown, uploads, options)
    if isComment { markdown = InlineTags.translated(markdown, withBlocks: true) }
    text = .markdown(Self.collapsed(markdown))
  }

  /// At most one empty line in a row, outside code.
  private static func collapsed(_ text: [UInt8]) -> [UInt8] {
    guard text.contains(text: "\n\n\n") else { return text }
    var output: [UInt8] = []
    var position = 0
    for range in MarkdownCode.ranges(in: text) + [text.count..<text.count] {
      for byte in text[position..<range.lowerBound]
      where byte != 0x0A || !output.suffix(2).elementsEqual([0x0A, 0x0A]) {
        output.append(byte)
      }
      output += text[range]
      position = range.upperBound
    }
    return output
  }

  private mutating func note(_ note: String) {
    if !notes.contains(note) { notes.append(note) }
  }

  // MARK: As it was typed

  /// Converts blocks in brackets to markdown; code is unchanged.
  private mutating func translated(_ source: [UInt8], depth: Int) -> [UInt8] {
    guard source.contains(UInt8(ascii: "[")), depth < Self.maximumDepth else { return source }
    let code = MarkdownCode.ranges(in: source)
    var nextCode = 0
    var output: [UInt8] = []
    var position = 0
    while position < source.count {
      while nextCode < code.count, code[nextCode].upperBound <= position { nextCode += 1 }
      if nextCode < code.count, code[nextCode].lowerBound <= position {
        output += source[position..<code[nextCode].upperBound]
        position = code[nextCode].upperBound
        continue
      }
      if source[position] == UInt8(ascii: "["), let block = block(at: position, in: source) {
        output += show(block, in: source, depth: depth)
        position = block.end
      } else {
        output.append(source[position])
        position += 1
      }
    }
    return output
  }

  private struct Block {
    let name: String
    /// The value after `=` in its opening tag.
    let value: String
    let content: Range<Int>
    let end: Int
  }

  private static let names: Set = [
    "quote", "details", "poll", "spoiler", "event", "code", "b", "i", "u", "s", "url", "img",
    "date",
    "wrap", "hide", "blur",
  ]

  private mutating func block(at start: Int, in source: [UInt8]) -> Block? {
    let head = source[(start + 1)...].prefix(400)
    let word = head.prefix(while: ASCII.isLetter)
    let name = String(decoding: word, as: UTF8.self).lowercased()
    guard Self.names.contains(name), budget > 0, let close = head.firstIndex(of: UInt8(ascii: "]"))
    else { return nil }
    let value = String(decoding: source[word.endIndex..<close], as: UTF8.self)
    guard value.isEmpty || value.hasPrefix("=") || value.hasPrefix(" ") else { return nil }
    if name == "date" {
      return Block(name: name, value: value, content: close..<close, end: close + 1)
    }
    // The matching closing tag, after those of nested blocks of the same name.
    let (opening, ending) = (Array("[\(name)".utf8), Array("[/\(name)]".utf8))
    var depth = 1
    var index = close + 1
    let limit = min(source.count, start + 262_144)
    defer { budget -= index - close }
    while let bracket = source[index..<limit].firstIndex(of: UInt8(ascii: "[")) {
      if source[bracket...].starts(with: ending) {
        depth -= 1
        if depth == 0 {
          return Block(
            name: name, value: value, content: (close + 1)..<bracket, end: bracket + ending.count)
        }
      } else if source[bracket...].starts(with: opening), bracket + opening.count < limit,
        "]= ".utf8.contains(source[bracket + opening.count])
      {
        depth += 1
      }
      index = bracket + 1
    }
    return nil
  }

  private mutating func show(_ block: Block, in source: [UInt8], depth: Int) -> [UInt8] {
    let inner = Array(source[block.content])
    let value = CleanText.trim(
      String(block.value.drop { $0 == "=" }).filter { $0 != "\"" && $0 != "“" && $0 != "”" })
    switch block.name {
    case "quote": return quotation(translated(inner, depth: depth + 1), value)
    case "details", "hide":
      let title = value.isEmpty ? "…" : value
      return Self.quoted(
        Array("[!NOTE]- \(title)\n".utf8) + Self.trimmed(translated(inner, depth: depth + 1)))
    case "poll":
      note("a poll shows its options, without votes")
      return Array("\n".utf8) + inner + "\n".utf8
    case "event":
      note("an event of the calendar's was left out")
      return []
    case "spoiler", "blur":
      note("what was hidden as a spoiler is shown")
      return translated(inner, depth: depth + 1)
    case "code": return Array("\n".utf8) + MarkdownCode.block(inner) + "\n".utf8
    case "b": return Array("**".utf8) + translated(inner, depth: depth + 1) + "**".utf8
    case "i": return Array("*".utf8) + translated(inner, depth: depth + 1) + "*".utf8
    case "s": return Array("~~".utf8) + inner + "~~".utf8
    case "url":
      let address = value.isEmpty ? CleanText.line(String(decoding: inner, as: UTF8.self)) : value
      return Array("[".utf8) + inner + "](".utf8 + InlineTags.destination(address) + ")".utf8
    case "img":
      return Array("![](".utf8)
        + InlineTags.destination(CleanText.line(String(decoding: inner, as: UTF8.self))) + ")".utf8
    case "date":
      let words = block.value.drop { $0 == "=" || $0 == " " }.split(separator: " ")
      let time = words.first { $0.hasPrefix("time=") }.map { " " + $0.dropFirst(5).prefix(5) } ?? ""
      return Array("\(words.first ?? "")\(time)".utf8)
    default: return translated(inner, depth: depth + 1)
    }
  }

  /// `[quote="ada, post:3, topic:12"]`, with a link to what it quotes.
  private func quotation(_ inner: [UInt8], _ value: String) -> [UInt8] {
    let parts = value.split(separator: ",").map { CleanText.trim(String($0)) }
    let name = parts.first { !$0.contains(":") } ?? ""
    var numbers: [String: Int] = [:]
    for part in parts {
      let pair = part.split(separator: ":")
      if pair.count == 2 { numbers[String(pair[0])] = Int(pair[1]) }
    }
    var head: [UInt8] = []
    let shown = name.isEmpty ? "↑" : "\(name):"
    if let topic = numbers["topic"] {
      let target = OldLinks.address(
        ofKey: DiscourseTopic.key(of: topic), fragment: numbers["post"].map { "post_\($0)" } ?? "")
      head = Array("[\(shown)](\(target))\n\n".utf8)
    } else if !name.isEmpty {
      head = Array("\(shown)\n\n".utf8)
    }
    return Self.quoted(head + Self.trimmed(inner))
  }

  private static func trimmed(_ text: [UInt8]) -> [UInt8] {
    var text = text[...]
    while let first = text.first, first == 0x0A { text = text.dropFirst() }
    while let last = text.last, last <= 0x20 { text = text.dropLast() }
    return Array(text)
  }

  private static func quoted(_ text: [UInt8]) -> [UInt8] {
    var output = Array("\n".utf8)
    for line in text.split(separator: 0x0A, omittingEmptySubsequences: false) {
      output += line.isEmpty ? Array(">\n".utf8) : Array("> ".utf8) + line + "\n".utf8
    }
    return output + "\n".utf8
  }

  // MARK: Uploads

  /// `upload://` has the file's SHA-1 in base 62; the uploads folder has it in hexadecimal.
  private mutating func withUploads(
    _ text: [UInt8], _ uploads: [String: String], _ options: DiscourseReader.Options
  ) -> [UInt8] {
    let mark = Array("upload://".utf8)
    var output: [UInt8] = []
    var rest = text[...]
    while let found = rest.range(of: mark) {
      output += rest[..<found.lowerBound]
      let word = rest[found.upperBound...].prefix { ASCII.isLetterOrDigit($0) || $0 == 0x2E }
      rest = rest[word.endIndex...]
      let name = String(decoding: word, as: UTF8.self)
      let ending = StaticmanLayout.fileExtension(of: name)
      if let hash = Self.hexadecimal(StaticmanLayout.stem(of: name)), let path = uploads[hash] {
        let file = ending.isEmpty ? hash : "\(hash).\(ending)"
        if !files.contains(where: { $0.name == file }) { files.append((file, path)) }
        output += file.utf8
      } else {
        note("an uploaded file is not in the folder, and is a link to the forum")
        output += "\(options.url)/uploads/short-url/\(name)".utf8
      }
    }
    return output + rest
  }

  private static func hexadecimal(_ text: String) -> String? {
    let digits = Array("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)
    var bytes = [UInt8](repeating: 0, count: 20)
    guard (1...40).contains(text.utf8.count) else { return nil }
    for byte in text.utf8 {
      guard let value = digits.firstIndex(of: byte) else { return nil }
      var carry = value
      for index in bytes.indices.reversed() {
        carry += Int(bytes[index]) * 62
        bytes[index] = UInt8(carry & 0xFF)
        carry >>= 8
      }
      guard carry == 0 else { return nil }
    }
    return bytes.map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined()
  }

  // MARK: As it was shown

  /// HTML in which each quotation has a link to what it quotes.
  private static func withQuotationLinks(_ html: [UInt8]) -> [UInt8] {
    guard html.contains(text: "data-topic") else { return html }
    var output: [UInt8] = []
    for token in HTMLTokens(html) {
      switch token {
      case .tag("aside", false, let bytes):
        let topic = HTMLTokens.attribute("data-topic", of: bytes).flatMap { Int($0) }
        let post = HTMLTokens.attribute("data-post", of: bytes).flatMap { Int($0) }
        guard let topic, let post else { continue }
        let target = OldLinks.address(
          ofKey: DiscourseTopic.key(of: topic), fragment: "post_\(post)")
        output += "<p><a href=\"\(target)\">↑</a></p>".utf8
      case .tag("aside", true, _): break
      case .tag(_, _, let bytes), .text(let bytes), .comment(let bytes): output += bytes
      }
    }
    return output
  }
}
