import StoaModel

/// One pass of the sanitiser over one document.
struct SanitizerPass {
  typealias Bytes = UnsafeBufferPointer<UInt8>

  let html: Bytes
  let firstSlot: Int
  var buffer: ByteBuffer
  var references: [HTMLReference] = []
  var open = OpenElements()
  var remarks = HTMLRemarks()
  private(set) var pieces: [(line: Int, start: Int)] = []
  private(set) var hidden: [Range<Int>] = []
  var tag = Tag()
  /// The current line of the file, within the author's HTML.
  var line = 1
  /// The index at which that line begins in the HTML; out of bounds when the line began before this piece.
  private var lineStart = 0
  /// Whether the current HTML is the author's.
  private(set) var isRaw = false
  /// Whether it is within a line of markdown.
  private var isInline = false
  private var index = 0
  /// The start of the current tag or comment.
  private var tagStart = 0
  /// The last index whose line was looked up.
  private var placed = (index: 0, line: 1, lineStart: 0)
  /// The end of the current SVG or MathML: its elements have names of their own.
  private var foreignEnd = 0
  /// Elements with parsing rules of their own, and whether the rest of the document is known to have no end tag for them.
  private var special: [(name: [UInt8], isDropped: Bool, isEndless: Bool)] = [
    (Array("script".utf8), true, false), (Array("style".utf8), true, false),
    (Array("svg".utf8), false, false), (Array("math".utf8), false, false),
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
    for (element, place) in open.leftOpen { remarks.add(.leftOpen, "\(element.name)", at: place) }
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

  /// Whether a byte is a control character that a document must not contain: a body mark, or a byte that Parse missed.
  private static func isControl(_ byte: UInt8) -> Bool {
    byte < 0x20 && byte != 0x09 && byte != 0x0A
  }

  private mutating func writeLessThan() {
    open.makeRoomForWords(into: &buffer)
    buffer.write("&lt;")
    index += 1
  }

  /// Writes the author's HTML up to a place as text.
  private mutating func writeAsText(upTo end: Int) {
    open.makeRoomForWords(into: &buffer)
    for byte in html[index..<end] where !Self.isControl(byte) {
      switch byte {
      case UInt8(ascii: "<"): buffer.write("&lt;")
      case UInt8(ascii: ">"): buffer.write("&gt;")
      case UInt8(ascii: "&"): buffer.write("&amp;")
      default: buffer.write(byte: byte)
      }
    }
    let start = index
    index = end
    countLines(from: start)
  }

  // MARK: Tokens

  /// The token that begins at a place, if there is one.
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
    case UInt8(ascii: "l"), UInt8(ascii: "n"):
      isRaw = true
      isInline = token.letter == UInt8(ascii: "n")
      line = token.number
      lineStart = token.end
      pieces.append((token.number, token.end))
    case UInt8(ascii: "o"):
      lineStart = token.end - token.number + 1
      if !pieces.isEmpty { pieces[pieces.count - 1].start = token.end }
    case UInt8(ascii: "e"): isRaw = false
    case UInt8(ascii: "b"): open.endInline(into: &buffer)
    case UInt8(ascii: "c"), UInt8(ascii: "q"):
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
    case UInt8(ascii: "!"), UInt8(ascii: "?"): readDeclaration()
    case UInt8(ascii: "/"):
      guard index + 2 < html.count, ASCII.isLetter(html[index + 2]) else { return writeLessThan() }
      readTag()
    case let byte where ASCII.isLetter(byte): readTag()
    default: writeLessThan()
    }
  }

  /// Skips a comment; any other text that begins with `<!` or `<?` is no element of HTML.
  private mutating func readDeclaration() {
    guard isRaw else { return writeLessThan() }
    guard has("<!--", at: index) else {
      let ending: StaticString =
        has("<?", at: index) ? "?>" : has("<![CDATA[", at: index) ? "]]>" : ">"
      return writeAsText(upTo: end(after: [ending], from: index + 2) ?? pieceEnd)
    }
    let start = index
    beginPlaces(at: start)
    // `<!-->` and `<!--->` are complete comments.
    if has("<!-->", at: index) {
      index += 5
    } else if has("<!--->", at: index) {
      index += 6
    } else if let end = end(after: ["-->", "--!>"], from: index + 4) {
      index = end
    } else {
      remarks.add(.unclosedComment, "", at: place(of: start))
      index = pieceEnd
    }
    hidden.append(start..<index)
    countLines(from: start)
  }

  /// The end of the current piece of the author's HTML.
  private var pieceEnd: Int { html.firstIndex(of: BodyMark.opening, from: index) ?? html.count }

  /// The place after the first of several strings in the author's piece.
  private func end(after ends: [StaticString], from start: Int) -> Int? {
    var place = start
    while place < html.count, html[place] != BodyMark.opening {
      if let end = ends.first(where: { has($0, at: place) }) {
        return place + end.utf8CodeUnitCount
      }
      place += 1
    }
    return nil
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
    for place in start..<index where html[place] == 0x0A {
      line += 1
      lineStart = place + 1
    }
  }

  /// The place in the file of something in the current tag or comment.
  ///
  /// It continues from the last place looked up, so that a tag with many attributes is scanned once.
  mutating func place(of place: Int) -> HTMLPlace {
    if place < placed.index { placed = (tagStart, line, lineStart) }
    for index in placed.index..<place where html[index] == 0x0A {
      placed.line += 1
      placed.lineStart = index + 1
    }
    placed.index = place
    return HTMLPlace(line: placed.line, column: max(place - placed.lineStart + 1, 1))
  }

  private mutating func beginPlaces(at start: Int) {
    tagStart = start
    placed = (start, line, lineStart)
  }

  private mutating func readTag() {
    let start = index
    beginPlaces(at: start)
    guard let end = tag.read(html, at: index, isOurs: !isRaw) else {
      // The piece or the document ends within it, so it is no tag.
      writeAsText(upTo: pieceEnd)
      return
    }
    guard isRaw else {
      index = end
      if let element = Element.named(html[tag.name]) {
        if tag.isEnd {
          _ = open.end(element, isOfAuthor: false, into: &buffer)
        } else {
          begin(element, from: nil)
        }
      }
      return
    }
    let isForeign = start < foreignEnd
    guard isForeign || ElementNames.contain(html[tag.name]) else {
      return writeAsText(upTo: end)
    }
    index = end
    if readSpecial(from: start) { return }
    if let element = Element.named(html[tag.name]) {
      if !tag.isEnd {
        begin(element, from: OpenElements.Origin(place: place(of: start), isInline: isInline))
      } else if !open.end(element, isOfAuthor: true, into: &buffer) {
        remark(.strayEnd, at: start)
      }
    } else if !tag.isEnd, !isForeign {
      remark(.removedElement, at: start)
    }
    countLines(from: start)
  }

  /// The name of the current tag.
  func nameOfTag() -> String { Self.name(html[tag.name]) }

  /// Adds a remark about the element of the current tag.
  private mutating func remark(_ reason: HTMLRemark.Reason, at start: Int) {
    remarks.add(reason, nameOfTag(), at: place(of: start))
  }

  /// A name in lower case, cut if it is longer than any name in HTML.
  static func name(_ bytes: Bytes.SubSequence) -> String {
    String(decoding: bytes.prefix(40).map(ASCII.lowercased), as: UTF8.self)
  }

  /// Skips the content and end tag of the current element, if it is one that is removed with its content; remembers where SVG and
  /// MathML end.
  private mutating func readSpecial(from start: Int) -> Bool {
    guard !tag.isEnd, start >= foreignEnd,
      let number = special.firstIndex(where: { Self.isSame(html[tag.name], $0.name) })
    else { return false }
    // Without an end tag it would remove the rest of the document: then only the tag is removed.
    guard !special[number].isEndless else { return false }
    let name = special[number].name
    var place = index
    var (line, lineStart) = (line, lineStart)
    var passed: [(line: Int, start: Int)] = []
    while place + name.count + 2 < html.count {
      if html[place] == 0x0A { (line, lineStart) = (line + 1, place + 1) }
      if let token = token(at: place) {
        switch token.letter {
        case UInt8(ascii: "l"), UInt8(ascii: "n"):
          (line, lineStart) = (token.number, token.end)
          passed.append((token.number, token.end))
        case UInt8(ascii: "o"):
          lineStart = token.end - token.number + 1
          if !passed.isEmpty { passed[passed.count - 1].start = token.end }
        // Within a line of markdown it removes only text of the same block.
        case UInt8(ascii: "b") where isInline: return false
        default: break
        }
      }
      let after = place + 2 + name.count
      if html[place] == UInt8(ascii: "<"), html[place + 1] == UInt8(ascii: "/"),
        Self.isSame(html[(place + 2)..<after], name), !ASCII.isLetter(html[after])
      {
        guard special[number].isDropped else {
          foreignEnd = place
          return false
        }
        remark(.removedContent, at: start)
        index = after
        (self.line, self.lineStart) = (line, lineStart)
        // Only an author writes such a tag.
        isRaw = true
        index = end(after: [">"], from: index) ?? pieceEnd
        pieces += passed
        hidden.append(start..<index)
        return true
      }
      place += 1
    }
    special[number].isEndless = true
    return false
  }

  private static func isSame(_ name: Bytes.SubSequence, _ lowercased: [UInt8]) -> Bool {
    name.count == lowercased.count
      && zip(name, lowercased).allSatisfy { ASCII.lowercased($0) == $1 }
  }
}
