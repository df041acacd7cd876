import StoaHTML
import StoaModel

/// The words of a body as readers see them, each with its place in the body's bytes.
///
/// Each run of white space is one space, and quotation marks, dashes and dots have the form in which people type them; a zero
/// byte separates blocks.
struct VisibleText {
  /// A part of the body without a tag in it.
  struct Piece {
    var range: Range<Int>
    /// Whether it is a block of code, which is a slot.
    let isBlock: Bool
  }

  private var bytes: [UInt8] = []
  /// For each byte, the start and end of the source of its character in the body.
  private var starts: [Int] = []
  private var ends: [Int] = []
  /// The places of blocks of code in the body.
  private var blocks: Set<Int> = []

  /// Inline elements.
  private static let inline: Set<String> = [
    "abbr", "b", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "rp",
    "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "var", "wbr", "a",
  ]

  init(_ body: LinkedBody) {
    guard let loaded = try? body.document.body.load() else { return }
    loaded.withUnsafeBufferPointer { read($0, body) }
  }

  private mutating func read(_ html: UnsafeBufferPointer<UInt8>, _ body: LinkedBody) {
    var tags = BodyTags(html)
    var index = 0
    var tag = tags.next()
    while index < html.count {
      let byte = html[index]
      if byte == UInt8(ascii: "<"), let found = tag, found.range.lowerBound == index {
        index = found.range.upperBound
        tag = tags.next()
        let name = String(decoding: html[found.name], as: UTF8.self)
        if name == "sup", found.kind == .opening, found.holds(Self.footnote, in: html) {
          // The number of a footnote is not a word of the sentence.
          while let next = tag {
            index = next.range.upperBound
            tag = tags.next()
            if html.holds("sup", at: next.name.lowerBound), next.kind == .closing { break }
          }
        } else if name == "br" {
          append(0x20, found.range)
        } else if !Self.inline.contains(name) {
          endBlock()
        }
      } else if byte == BodyMark.opening {
        index = readSlot(html, at: index, body)
      } else if byte == UInt8(ascii: "&"),
        let end = html[index..<min(index + 10, html.count)].firstIndex(of: UInt8(ascii: ";"))
      {
        append(Self.character(html[(index + 1)..<end]), index..<(end + 1))
        index = end + 1
      } else {
        index = readCharacter(html, at: index)
      }
    }
    endBlock()
  }

  private static let footnote = Array(" class=\"footnote-ref\"".utf8)

  private static func character(_ name: Slice<UnsafeBufferPointer<UInt8>>) -> UInt8 {
    switch String(decoding: name, as: UTF8.self) {
    case "amp": UInt8(ascii: "&")
    case "lt": UInt8(ascii: "<")
    case "gt": UInt8(ascii: ">")
    case "quot": UInt8(ascii: "\"")
    case "#39": UInt8(ascii: "'")
    default: 0x20
    }
  }

  private mutating func readSlot(
    _ html: UnsafeBufferPointer<UInt8>, at start: Int, _ body: LinkedBody
  ) -> Int {
    let close = html.firstIndex(of: BodyMark.closing, from: start) ?? html.count - 1
    let range = start..<(close + 1)
    guard start + 2 < close,
      let number = Int(String(decoding: html[(start + 2)..<close], as: UTF8.self)),
      body.document.slots.indices.contains(number)
    else { return range.upperBound }
    let slot = body.document.slots[number]
    switch (html[start + 1], slot.content) {
    case (UInt8(ascii: "t"), _):
      append(LinkedBody.words(of: slot, leadingTo: body.targets[number]), range)
    case (UInt8(ascii: "m"), .mention(let handle)): append("@" + handle, range)
    case (UInt8(ascii: "x"), .formula(let source, let form)):
      if let tex = try? source.load() {
        append(String(decoding: form.typed(tex), as: UTF8.self), range)
      }
    case (UInt8(ascii: "c"), .code(_, let text)), (UInt8(ascii: "c"), .formula(let text, _)),
      (UInt8(ascii: "c"), .diagram(let text)):
      endBlock()
      blocks.insert(start)
      if let code = try? text.load() { append(String(decoding: code, as: UTF8.self), range) }
      endBlock()
    case (UInt8(ascii: "q"), _), (UInt8(ascii: "w"), _): endBlock()
    default: break
    }
    return range.upperBound
  }

  /// Adds words that represent one place of the body.
  private mutating func append(_ words: String, _ range: Range<Int>) {
    for byte in Self.normalized(words) { append(byte, range) }
  }

  private mutating func readCharacter(_ html: UnsafeBufferPointer<UInt8>, at start: Int) -> Int {
    let (bytes, length) = Self.normalizedCharacter(html, at: start)
    for byte in bytes { append(byte, start..<(start + length)) }
    return start + length
  }

  private mutating func append(_ byte: UInt8, _ range: Range<Int>) {
    let isSpace = ASCII.isSpace(byte)
    if isSpace || byte == UInt8(ascii: "-"), let last = bytes.last,
      last == (isSpace ? 0x20 : byte) || isSpace && last == 0
    {
      return
    }
    bytes.append(isSpace ? 0x20 : byte)
    starts.append(range.lowerBound)
    ends.append(range.upperBound)
  }

  private mutating func endBlock() {
    guard bytes.last != 0 else { return }
    bytes.append(0)
    starts.append(starts.last ?? 0)
    ends.append(ends.last ?? 0)
  }

  // MARK: Normal form

  /// Words with single spaces, and with quotation marks, dashes and dots as people type them.
  private static func normalized(_ words: String) -> [UInt8] {
    let raw = Array(words.utf8)
    var result: [UInt8] = []
    raw.withUnsafeBufferPointer { raw in
      var index = 0
      while index < raw.count {
        let (bytes, length) = normalizedCharacter(raw, at: index)
        index += length
        for byte in bytes {
          let isSpace = ASCII.isSpace(byte)
          if isSpace || byte == UInt8(ascii: "-"), let last = result.last,
            last == (isSpace ? 0x20 : byte)
          {
            continue
          }
          result.append(isSpace ? 0x20 : byte)
        }
      }
    }
    return result
  }

  /// The normal form of the character at a place, and the character's length in bytes.
  private static func normalizedCharacter(
    _ bytes: UnsafeBufferPointer<UInt8>, at index: Int
  ) -> (bytes: [UInt8], length: Int) {
    let lead = bytes[index]
    if lead == 0xC2, index + 1 < bytes.count, bytes[index + 1] == 0xA0 { return ([0x20], 2) }
    guard lead == 0xE2, index + 2 < bytes.count else { return ([lead == 0 ? 0x20 : lead], 1) }
    switch (bytes[index + 1], bytes[index + 2]) {
    case (0x80, 0x98), (0x80, 0x99): return ([UInt8(ascii: "'")], 3)
    case (0x80, 0x9C), (0x80, 0x9D): return ([UInt8(ascii: "\"")], 3)
    case (0x80, 0x93), (0x80, 0x94): return ([UInt8(ascii: "-")], 3)
    case (0x80, 0xA6): return (Array("...".utf8), 3)
    case (0x80, 0x80...0x8A), (0x80, 0xAF): return ([0x20], 3)
    // Invisible characters.
    case (0x80, 0x8B...0x8F), (0x80, 0xAA...0xAE), (0x81, 0xA6...0xA9): return ([], 3)
    default: return (Array(bytes[index..<(index + 3)]), 3)
    }
  }

  // MARK: Looking for words

  /// The first occurrence of some words; nil when there is none within one block.
  func range(of words: String) -> Range<Int>? {
    let wanted = Self.trimmed(Self.normalized(words)[...])
    guard !wanted.isEmpty else { return nil }
    return bytes.withUnsafeBufferPointer { all in
      Array(wanted).withUnsafeBufferPointer { Self.firstRange(of: $0, in: all) }
    }
  }

  /// With the algorithm of Knuth, Morris and Pratt, so that no text makes the search slow.
  private static func firstRange(
    of wanted: UnsafeBufferPointer<UInt8>, in all: UnsafeBufferPointer<UInt8>
  ) -> Range<Int>? {
    // For each prefix, the length of its longest proper suffix that is also a prefix (Knuth, Morris and Pratt).
    var borders = [0]
    borders.reserveCapacity(wanted.count)
    var length = 0
    for byte in wanted.dropFirst() {
      while length > 0, wanted[length] != byte { length = borders[length - 1] }
      if wanted[length] == byte { length += 1 }
      borders.append(length)
    }
    length = 0
    for (place, byte) in all.enumerated() {
      while length > 0, wanted[length] != byte { length = borders[length - 1] }
      if wanted[length] == byte { length += 1 }
      if length == wanted.count { return (place + 1 - length)..<(place + 1) }
    }
    return nil
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var bytes = bytes.drop { $0 == 0x20 }
    while bytes.last == 0x20 { bytes.removeLast() }
    return bytes
  }

  /// The parts of the body that contain a range of words.
  func pieces(of words: Range<Int>) -> [Piece] {
    var pieces: [Piece] = []
    for index in words {
      let (start, end) = (starts[index], ends[index])
      if let last = pieces.last, last.range.upperBound >= start {
        pieces[pieces.count - 1].range = last.range.lowerBound..<max(end, last.range.upperBound)
      } else {
        pieces.append(Piece(range: start..<end, isBlock: blocks.contains(start)))
      }
    }
    return pieces
  }

  /// The sentence that has most of the given words, cut between words; nil when none has a third of them.
  func sentence(near words: String) -> String? {
    let wanted = Set(Self.words(in: Self.normalized(words)[...]))
    guard !wanted.isEmpty else { return nil }
    var best: (count: Int, sentence: ArraySlice<UInt8>)?
    for sentence in sentences {
      let count = Set(Self.words(in: sentence)).intersection(wanted).count
      if count * 3 >= wanted.count, count > 0, count > best?.count ?? 0 { best = (count, sentence) }
    }
    guard let sentence = best?.sentence else { return nil }
    guard sentence.count > Self.longest else { return String(decoding: sentence, as: UTF8.self) }
    let cut = sentence.prefix(Self.longest)
    guard let space = cut.lastIndex(of: 0x20) else { return nil }
    return String(decoding: cut[..<space], as: UTF8.self)
  }

  /// In bytes.
  private static let longest = 200

  private static func words(in bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    bytes.split { $0 < 0x80 && !ASCII.isLetterOrDigit($0) }
  }

  private var sentences: [ArraySlice<UInt8>] {
    var sentences: [ArraySlice<UInt8>] = []
    var start = 0
    for index in bytes.indices {
      let isEnd =
        bytes[index] == 0
        || bytes[index] == 0x20 && index > start && ".!?".utf8.contains(bytes[index - 1])
      guard isEnd else { continue }
      let sentence = Self.trimmed(bytes[start..<index])
      if !sentence.isEmpty { sentences.append(sentence) }
      start = index + 1
    }
    return sentences
  }
}
