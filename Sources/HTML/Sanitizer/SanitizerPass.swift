internal import StoaModel

/// One pass of the sanitiser over one text.
struct SanitizerPass {
  typealias Bytes = UnsafeBufferPointer<UInt8>

  let html: Bytes
  let firstSlot: Int
  var buffer: ByteBuffer
  var references: [HTMLReference] = []
  var open = OpenElements()
  var tag = Tag()
  /// The line of the file at which the author's HTML is being read.
  var line = 1
  /// Whether what is being read is the author's HTML.
  private var isRaw = false
  private var index = 0
  /// Elements that go with their content, and whether the rest of the text is known to have no end tag of theirs.
  private var dropped: [(name: [UInt8], isEndless: Bool)] = [
    (Array("script".utf8), false), (Array("style".utf8), false),
  ]

  init(_ html: Bytes, firstSlot: Int, buffer: ByteBuffer) {
    self.html = html
    self.firstSlot = firstSlot
    self.buffer = buffer
  }

  mutating func run() {
    while index < html.count {
      switch html[index] {
      case UInt8(ascii: "<"): readMarkup()
      case BodyMark.opening: readToken()
      case let byte where Self.isControl(byte): index += 1
      default: readText()
      }
    }
    open.endAll(into: &buffer)
  }

  // MARK: Text

  private mutating func readText() {
    let start = index
    var end = PlainRun.end(in: html, from: start, before: html.count)
    let plainEnd = end
    while end < html.count, html[end] != UInt8(ascii: "<"), !Self.isControl(html[end]) {
      end = PlainRun.end(in: html, from: end + 1, before: html.count)
    }
    index = end
    countLines(from: start)
    if open.isAmongTableParts, !html[start..<end].allSatisfy(ASCII.isSpace) {
      open.makeRoomForWords(into: &buffer)
    }
    buffer.write(html, start..<plainEnd)
    if plainEnd < end { buffer.writeText(html, in: plainEnd..<end, escapingQuotes: false) }
  }

  /// Whether a byte is none that a text may hold: a mark, or what has slipped past Parse.
  private static func isControl(_ byte: UInt8) -> Bool {
    byte < 0x20 && byte != 0x09 && byte != 0x0A
  }

  private mutating func writeLessThan() {
    open.makeRoomForWords(into: &buffer)
    buffer.write("&lt;")
    index += 1
  }

  // MARK: Tokens

  /// The token that begins at a place, if one does.
  private func token(at place: Int) -> (letter: UInt8, number: Int, end: Int)? {
    guard place + 2 < html.count, html[place] == BodyMark.opening else { return nil }
    var end = place + 2
    var number = 0
    while end < html.count, ASCII.isDigit(html[end]) {
      number = number &* 10 &+ Int(html[end] - UInt8(ascii: "0"))
      end += 1
    }
    guard end < html.count, html[end] == BodyMark.closing else { return nil }
    return (html[place + 1], number, end + 1)
  }

  private mutating func readToken() {
    guard let token = token(at: index) else {
      index += 1
      return
    }
    switch token.letter {
    case UInt8(ascii: "l"):
      isRaw = true
      line = token.number
    case UInt8(ascii: "e"): isRaw = false
    case UInt8(ascii: "c"):
      open.makeRoomForBlock(into: &buffer)
      buffer.bytes.append(contentsOf: html[index..<token.end])
    default:
      open.makeRoomForWords(into: &buffer)
      buffer.bytes.append(contentsOf: html[index..<token.end])
    }
    index = token.end
  }

  // MARK: Markup

  private mutating func readMarkup() {
    guard index + 1 < html.count else { return writeLessThan() }
    let next = html[index + 1]
    switch next {
    case UInt8(ascii: "!"), UInt8(ascii: "?"): skipDeclaration()
    case UInt8(ascii: "/"):
      guard index + 2 < html.count, html[index + 2] != BodyMark.opening else {
        return writeLessThan()
      }
      if ASCII.isLetter(html[index + 2]) { readTag() } else { skipDeclaration() }
    case let byte where ASCII.isLetter(byte): readTag()
    default: writeLessThan()
    }
  }

  /// Skips a comment, or what a browser takes for one.
  private mutating func skipDeclaration() {
    let start = index
    if has("<!--", at: index) {
      index += 4
      // `<!-->` and `<!--->` are whole comments.
      if has(">", at: index) || has("->", at: index) {
        skip(past: [">"])
      } else {
        skip(past: ["-->", "--!>"])
      }
    } else {
      skip(past: [">"])
    }
    countLines(from: start)
  }

  /// Skips to after one of some texts, or to where the author's piece ends.
  private mutating func skip(past ends: [StaticString]) {
    while index < html.count, html[index] != BodyMark.opening {
      if let end = ends.first(where: { has($0, at: index) }) {
        index += end.utf8CodeUnitCount
        return
      }
      index += 1
    }
  }

  private func has(_ text: StaticString, at place: Int) -> Bool {
    guard place + text.utf8CodeUnitCount <= html.count else { return false }
    for offset in 0..<text.utf8CodeUnitCount where html[place + offset] != text.utf8Start[offset] {
      return false
    }
    return true
  }

  private mutating func countLines(from start: Int) {
    guard isRaw else { return }
    for byte in html[start..<index] where byte == 0x0A { line += 1 }
  }

  private mutating func readTag() {
    let start = index
    guard let end = tag.read(html, at: index, isOurs: !isRaw) else {
      // Unfinished where the author's piece or the text ends: a browser would show none of it.
      skip(past: [])
      return
    }
    index = end
    if isRaw, skipDropped() { return }
    if let element = Element.named(html[tag.name]) {
      if tag.isEnd { open.end(element, into: &buffer) } else { begin(element) }
    }
    countLines(from: start)
  }

  /// Skips the content and end of an element whose start has been read, if it is one that goes with its content.
  private mutating func skipDropped() -> Bool {
    guard !tag.isEnd,
      let number = dropped.firstIndex(where: { Self.isSame(html[tag.name], $0.name) })
    else { return false }
    // Without an end it would take everything that follows along: then only the tag goes.
    guard !dropped[number].isEndless else { return true }
    let name = dropped[number].name
    var place = index
    var line = line
    while place + name.count + 2 < html.count {
      if html[place] == 0x0A { line += 1 }
      if let token = token(at: place), token.letter == UInt8(ascii: "l") { line = token.number }
      let after = place + 2 + name.count
      if html[place] == UInt8(ascii: "<"), html[place + 1] == UInt8(ascii: "/"),
        Self.isSame(html[(place + 2)..<after], name), !ASCII.isLetter(html[after])
      {
        index = after
        self.line = line
        // Only an author writes such a tag.
        isRaw = true
        skip(past: [">"])
        return true
      }
      place += 1
    }
    dropped[number].isEndless = true
    return true
  }

  private static func isSame(_ name: Bytes.SubSequence, _ lowercased: [UInt8]) -> Bool {
    name.count == lowercased.count
      && zip(name, lowercased).allSatisfy { ASCII.lowercased($0) == $1 }
  }
}
