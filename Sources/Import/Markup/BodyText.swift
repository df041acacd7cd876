/// Makes markdown within a build's limits for lines and documents.
enum BodyText {
  static let maximumLine = 58_000
  static let maximumResponse = 60_000
  static let maximumPost = 1_000_000
  private static let maximumNesting = 60
  /// Less than a build's limit, because a build counts more than this code.
  private static let maximumReferences = 12_000

  /// Splits the text into parts without outer white space; every line and every part is within the limits, and each part ends with
  /// a line feed.
  ///
  /// - Parameter first: the maximum bytes of the first part; the others become responses.
  /// - Returns: One part for nearly every text; none for an empty text.
  static func parts(_ text: [UInt8], first: Int) -> [[UInt8]] {
    var body = text[...]
    while let last = body.last, last == 0x0A || last == 0x20 || last == 0x09 {
      body = body.dropLast()
    }
    while let end = body.firstIndex(of: 0x0A),
      body[..<end].allSatisfy({ $0 == 0x20 || $0 == 0x09 })
    { body = body[(end + 1)...] }
    guard !body.isEmpty else { return [] }
    let fence = isNestedTooDeep(body) ? fence(around: body) : []
    let lines = withShortLines(body)
    var rest = lines[...]
    var parts: [[UInt8]] = []
    var references = referencePlaces(in: lines)[...]
    while !rest.isEmpty {
      var room = (parts.isEmpty ? first : maximumResponse) - 2 * (fence.count + 1)
      references = references.drop { $0 < rest.startIndex }
      if references.count > maximumReferences {
        room = min(room, references[references.startIndex + maximumReferences] - rest.startIndex)
      }
      let part = rest.prefix(end(of: rest, within: room))
      parts.append(fence.isEmpty ? Array(part) : fence + [0x0A] + part + fence + [0x0A])
      rest = rest.dropFirst(part.count)
      while rest.first == 0x0A { rest = rest.dropFirst() }
    }
    return parts
  }

  /// The places where links, mentions, URLs and headings may begin; empty if a build accepts that many.
  private static func referencePlaces(in text: [UInt8]) -> [Int] {
    var places = text.indices.filter { mayBeReference(at: $0, in: text) }
    guard places.count > maximumReferences else { return [] }
    let plain = MarkdownCode.blanked(text)
    places = places.filter { mayBeReference(at: $0, in: plain) }
    return places.count > maximumReferences ? places : []
  }

  private static func mayBeReference(at index: Int, in text: [UInt8]) -> Bool {
    let previous = index > 0 ? text[index - 1] : 0x0A
    switch text[index] {
    case UInt8(ascii: "["): return previous != UInt8(ascii: "[")
    case UInt8(ascii: "@"): return true
    case UInt8(ascii: "/"): return previous == UInt8(ascii: ":")
    case UInt8(ascii: "#"): return previous == 0x0A
    default: return false
    }
  }

  /// How many bytes of a text fit into a part: up to the end of a paragraph if one is near, otherwise of a line.
  private static func end(of text: ArraySlice<UInt8>, within room: Int) -> Int {
    guard text.count > room else { return text.count }
    let window = text.prefix(room)
    let half = window.dropFirst(room / 2)
    for index in half.indices.dropLast().reversed()
    where half[index] == 0x0A && half[index + 1] == 0x0A {
      return index + 1 - text.startIndex
    }
    guard let line = window.lastIndex(of: 0x0A) else { return room }
    return line + 1 - text.startIndex
  }

  private static func withShortLines(_ body: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(body.count + 1)
    for line in body.split(separator: 0x0A, omittingEmptySubsequences: false) {
      var rest = line
      while rest.count > maximumLine {
        let window = rest.prefix(maximumLine)
        var cut = window.lastIndex(of: 0x20) ?? window.endIndex
        // Never within a character.
        while cut > rest.startIndex, rest[cut] & 0xC0 == 0x80 { cut -= 1 }
        if cut == rest.startIndex { cut = window.endIndex }
        result += rest[..<cut]
        result.append(0x0A)
        rest = rest[cut...].drop { $0 == 0x20 }
      }
      result += rest
      result.append(0x0A)
    }
    return result
  }

  /// Whether the text nests quotations or lists deeper than builds allow.
  private static func isNestedTooDeep(_ text: ArraySlice<UInt8>) -> Bool {
    text.split(separator: 0x0A).contains { line in
      // Every level of a quotation takes one mark; every level of a list takes at least a mark and a space.
      var quotations = 0
      var lists = 0
      var previous: UInt8 = 0x20
      for byte in line {
        switch byte {
        case UInt8(ascii: ">"): quotations += 1
        case 0x20 where previous != 0x20 && previous != UInt8(ascii: ">"): lists += 1
        case UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+"), 0x20: break
        default: return quotations + lists > maximumNesting
        }
        previous = byte
      }
      return quotations + lists > maximumNesting
    }
  }

  /// A fence longer than any in the text, so that the text is shown as it was typed.
  private static func fence(around text: ArraySlice<UInt8>) -> [UInt8] {
    var longest = 2
    var run = 0
    for byte in text {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    return [UInt8](repeating: UInt8(ascii: "`"), count: min(longest + 1, 1_000))
  }
}
