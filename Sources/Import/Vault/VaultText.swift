import StoaModel

/// Converts the text of a note to standard markdown, including its program's extensions.
struct VaultText {
  /// The target of a name in a note.
  enum Target {
    case note(key: String)
    /// A file, by its name beside the note.
    case file(name: String)
    case missing
  }

  private(set) var output: [UInt8] = []
  private(set) var tags: [String] = []
  private var seenTags: Set<String> = []
  private(set) var notes: [String] = []
  /// The number of removed comments, which a vault's readers do not see.
  private var commentCount = 0
  private var footnotes: [[UInt8]] = []
  private let source: [UInt8]
  private let code: [Range<Int>]
  private let resolve: (String) -> Target
  /// The depth of nesting: marks in marks, footnotes in footnotes.
  private let depth: Int
  private static let maximumDepth = 8
  private var position = 0
  private var nextCode = 0

  private static let images = ["png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "bmp"]
  private static let played = [
    "mp3", "wav", "m4a", "ogg", "flac", "mp4", "webm", "ogv", "mov", "mkv", "3gp",
  ]
  /// Blocks that a plugin fills in.
  private static let plugins: Set = [
    "dataview", "dataviewjs", "tasks", "query", "button", "chart", "kanban", "ad-note", "calendar",
    "tracker", "excalidraw", "base",
  ]

  /// - Parameter resolve: finds the target of a name.
  init(_ source: [UInt8], depth: Int = 0, resolve: @escaping (String) -> Target) {
    self.source = source
    self.depth = depth
    self.resolve = resolve
    code = MarkdownCode.ranges(in: source)
    run()
    if commentCount > 0 {
      notes.append(
        commentCount == 1
          ? "a comment between %% was left out"
          : "\(commentCount) comments between %% were left out")
    }
    if !footnotes.isEmpty {
      while output.last == 0x0A { output.removeLast() }
    }
    for (index, footnote) in footnotes.enumerated() {
      output += "\n\n[^note-\(index + 1)]: ".utf8 + footnote
    }
  }

  private mutating func note(_ note: String) {
    if !notes.contains(note), notes.count < 40 { notes.append(note) }
  }

  private mutating func copy(_ count: Int) {
    output += source[position..<(position + count)]
    position += count
  }

  private mutating func run() {
    while position < source.count {
      if nextCode < code.count, code[nextCode].lowerBound <= position {
        takeCode()
        continue
      }
      let rest = source[position...].prefix(2)
      switch source[position] {
      case UInt8(ascii: "\\") where position + 1 < source.count: copy(2)
      case UInt8(ascii: "%") where rest.elementsEqual("%%".utf8): takeComment()
      case UInt8(ascii: "!") where source[position...].starts(with: "![[".utf8):
        takeWikilink(from: position + 3, isEmbed: true)
      case UInt8(ascii: "[") where rest.elementsEqual("[[".utf8):
        takeWikilink(from: position + 2, isEmbed: false)
      case UInt8(ascii: "=") where rest.elementsEqual("==".utf8): takeMark()
      case UInt8(ascii: "#"): takeTag()
      case UInt8(ascii: "^"): takeCaret()
      default: copy(1)
      }
    }
  }

  private mutating func takeCode() {
    let range = code[nextCode]
    nextCode += 1
    guard range.upperBound > position else { return }
    let start = source[position..<range.upperBound].drop { $0 <= 0x20 || $0 == 0x60 || $0 == 0x7E }
    let word = start.prefix { ASCII.isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
    let name = String(decoding: word, as: UTF8.self)
    if source[range].contains(0x0A), Self.plugins.contains(name) {
      note("the block “\(name)” is a plugin's, and shows its source")
    }
    copy(range.upperBound - position)
  }

  private mutating func takeComment() {
    commentCount += 1
    let end = source[(position + 2)...].range(of: "%%".utf8)?.upperBound ?? source.count
    // A comment on lines of its own leaves no empty line.
    let isLine = output.isEmpty || output.last == 0x0A
    position = end
    while nextCode < code.count, code[nextCode].lowerBound < end { nextCode += 1 }
    if isLine, position < source.count, source[position] == 0x0A { position += 1 }
  }

  /// `==words==`, if the equals signs touch the words.
  private mutating func takeMark() {
    let start = position + 2
    let window = source[start...].prefix(2_000)
    guard depth < Self.maximumDepth, let first = window.first, first > 0x20,
      first != UInt8(ascii: "="),
      let end = window.range(of: "==".utf8), end.lowerBound > start,
      source[end.lowerBound - 1] > 0x20, !source[start..<end.lowerBound].contains(text: "\n\n")
    else { return copy(2) }
    output += "<mark>".utf8
    let inner = VaultText(
      Array(source[start..<end.lowerBound]), depth: depth + 1, resolve: resolve)
    take(inner)
    output += "</mark>".utf8
    position = end.upperBound
  }

  private mutating func take(_ inner: VaultText) {
    output += inner.output
    for tag in inner.tags { add(tag: tag) }
    for note in inner.notes { self.note(note) }
  }

  /// `#tag/below`: a word, other than a number, at the beginning of a line or after white space.
  private mutating func takeTag() {
    let isStart = position == 0 || source[position - 1] <= 0x20 || source[position - 1] == 0x28
    let word = source[(position + 1)...].prefix {
      ASCII.isLetterOrDigit($0) || $0 == 0x2D || $0 == 0x5F || $0 == 0x2F || $0 >= 0x80
    }
    var name = String(decoding: word, as: UTF8.self)
    while name.hasSuffix("/") { name.removeLast() }
    if source[(position + 1)...].starts(with: "[[".utf8), isStart,
      let end = source[(position + 3)...].prefix(200).range(of: "]]".utf8)
    {
      // Logseq's tag of several words.
      name = CleanText.line(
        String(decoding: source[(position + 3)..<end.lowerBound], as: UTF8.self))
      if !name.contains("[") {
        add(tag: name)
        output += "[[topic:\(name)|#\(name)]]".utf8
        position = end.upperBound
        return
      }
    }
    guard isStart, !name.isEmpty, name.contains(where: { !$0.isNumber && $0 != "/" }) else {
      return copy(1)
    }
    add(tag: name)
    output += "[[topic:\(name)|#\(name)]]".utf8
    position += 1 + name.utf8.count
  }

  private mutating func add(tag: String) {
    if seenTags.insert(tag).inserted { tags.append(tag) }
  }

  /// `^[a footnote]` and the name of a block at the end of its line.
  private mutating func takeCaret() {
    let rest = source[(position + 1)...]
    let previous = position > 0 ? source[position - 1] : 0x0A
    if rest.first == UInt8(ascii: "["), previous != UInt8(ascii: "["), depth < Self.maximumDepth {
      var depth = 0
      for index in rest.indices.prefix(2_000) {
        depth += rest[index] == 0x5B ? 1 : rest[index] == 0x5D ? -1 : 0
        guard depth == 0 else { continue }
        let inner = VaultText(
          Array(rest[(rest.startIndex + 1)..<index]), depth: depth + 1, resolve: resolve)
        for tag in inner.tags { add(tag: tag) }
        for note in inner.notes { self.note(note) }
        footnotes.append(inner.output)
        output += "[^note-\(footnotes.count)]".utf8
        position = index + 1
        return
      }
      return copy(1)
    }
    let name = rest.prefix { ASCII.isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
    let after = source[name.endIndex...].first
    guard previous <= 0x20, !name.isEmpty, after == nil || after == 0x0A else { return copy(1) }
    while output.last == 0x20 { output.removeLast() }
    position = name.endIndex
  }

  // MARK: Links

  private mutating func takeWikilink(from start: Int, isEmbed: Bool) {
    guard let end = source[start...].prefix(1_000).range(of: "]]".utf8),
      !source[start..<end.lowerBound].contains(0x0A)
    else { return copy(isEmbed ? 3 : 2) }
    let inner = CleanText.line(
      String(decoding: source[start..<end.lowerBound], as: UTF8.self), maximumLength: 1_000)
    position = end.upperBound
    // In a table, the vertical bar is escaped.
    var parts = inner.split(separator: "|", omittingEmptySubsequences: false).map {
      CleanText.trim($0.hasSuffix("\\") ? String($0.dropLast()) : String($0))
    }
    let written = parts.removeFirst()
    let place = written.split(separator: "#", omittingEmptySubsequences: false).map(String.init)
    let name = place.first ?? ""
    let heading = place.dropFirst().last ?? ""
    let shown = place.filter { !$0.isEmpty }.joined(separator: " > ")
    if heading.hasPrefix("^") { note("a link to a block leads to its page") }
    let fragment = heading.hasPrefix("^") ? "" : Self.anchor(heading)
    let label = parts.first { !$0.isEmpty } ?? shown
    guard !name.isEmpty else {
      return link(label, to: "#\(fragment)")
    }
    switch resolve(name) {
    case .note(let key):
      if isEmbed { note("a note that was shown within this one is a link to it now") }
      link(label, to: OldLinks.address(ofKey: key, fragment: fragment))
    case .file(let file):
      isEmbed ? show(file, as: parts) : link(label, to: file)
    case .missing:
      note("“\(name)” is not in the vault")
      output += PlainText.escaped(Array(label.utf8)[...])
    }
  }

  private mutating func link(_ label: String, to address: String) {
    output += "[".utf8 + InlineTags.escapingBrackets(Array(label.utf8)) + "](".utf8
    output += InlineTags.destination(address) + ")".utf8
  }

  /// An embedded file: an image with its width, a player for audio and video, a link for anything else.
  private mutating func show(_ file: String, as words: [String]) {
    let ending = StaticmanLayout.fileExtension(of: file)
    let isShown = Self.images.contains(ending) || Self.played.contains(ending)
    guard isShown else { return link(words.first { !$0.isEmpty } ?? file, to: file) }
    let sizes = words.filter {
      $0.first?.isNumber == true && $0.allSatisfy { $0.isNumber || $0 == "x" }
    }
    let alternative = words.first { !$0.isEmpty && !sizes.contains($0) } ?? ""
    let label = sizes.first.map { "\(alternative)|\($0)" } ?? alternative
    output += "!".utf8
    link(label, to: file)
  }

  /// A heading's anchor: in lower case, with hyphens for spaces, without punctuation.
  static func anchor(_ heading: String) -> String {
    var anchor = ""
    for scalar in CleanText.line(heading).lowercased().unicodeScalars {
      if scalar == " " || scalar == "-" {
        anchor += "-"
      } else if scalar == "_" || scalar.properties.isAlphabetic
        || scalar.properties.numericType != nil
      {
        anchor.unicodeScalars.append(scalar)
      }
    }
    return anchor
  }
}
