/// Finds the sentence around a link, which the linked page shows.
enum Sentence {
  /// In Unicode scalars, including ellipses.
  private static let longest = 240

  /// The sentence around a range of a block's plain text, on one line and cut between words to at most 240 characters.
  static func around(_ range: Range<Int>, in bytes: [UInt8]) -> String {
    let start = start(before: range.lowerBound, in: bytes)
    let end = end(after: range.upperBound, in: bytes)
    let part = BlockText.withWholeSlots(bytes[start..<end])
    let sentence = BlockText.collapsed(part)
    if characters(in: sentence[...]) <= longest { return String(decoding: sentence, as: UTF8.self) }
    let before = BlockText.collapsed(part[..<max(part.startIndex, range.lowerBound)])
    return shortened(sentence, around: before.count)
  }

  /// A line cut to the maximum length around an offset.
  private static func shortened(_ line: [UInt8], around offset: Int) -> String {
    let offset = min(offset, line.count)
    var start = 0
    if characters(in: line[..<offset]) > longest / 2 {
      start = stepped(back: longest / 2, from: offset, in: line)
      // Skip to the beginning of the next word, if there is one before the link.
      if let space = line[start..<offset].firstIndex(of: 0x20) { start = space + 1 }
    }
    let room = longest - 1 - (start > 0 ? 1 : 0)
    var end = stepped(forward: room, from: start, in: line)
    if end < line.count, let space = line[start..<end].lastIndex(of: 0x20), space > offset {
      end = space
    }
    let words = String(decoding: BlockText.withWholeSlots(line[start..<end]), as: UTF8.self)
    return (start > 0 ? "…" : "") + words + (end < line.count ? "…" : "")
  }

  private static func start(before offset: Int, in bytes: [UInt8]) -> Int {
    // Text farther back would not be shown; the limit keeps many links in a long block cheap.
    let farthest = max(0, offset - 4 * longest)
    var index = offset
    while index > farthest {
      if endsSentence(in: bytes, at: index) { return index }
      index -= 1
    }
    return boundary(at: farthest, in: bytes)
  }

  private static func end(after offset: Int, in bytes: [UInt8]) -> Int {
    let farthest = min(bytes.count, offset + 4 * longest)
    var index = offset + 1
    while index <= farthest {
      if endsSentence(in: bytes, at: index) { return index }
      index += 1
    }
    return boundary(at: farthest, in: bytes)
  }

  /// Whether a sentence ends directly before an offset.
  private static func endsSentence(in bytes: [UInt8], at offset: Int) -> Bool {
    guard offset > 0, offset < bytes.count else { return false }
    switch bytes[offset - 1] {
    case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"):
      return bytes[offset] == 0x20 || bytes[offset] == 0x0A
    case 0x82:
      // The ideographic full stop.
      return offset >= 3 && bytes[offset - 3] == 0xE3 && bytes[offset - 2] == 0x80
    case 0x81, 0x9F:
      // The full-width exclamation and question marks.
      return offset >= 3 && bytes[offset - 3] == 0xEF && bytes[offset - 2] == 0xBC
    default: return false
    }
  }

  private static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }

  private static func boundary(at offset: Int, in bytes: [UInt8]) -> Int {
    var offset = offset
    while offset > 0, offset < bytes.count, isContinuation(bytes[offset]) { offset -= 1 }
    return offset
  }

  private static func characters(in bytes: ArraySlice<UInt8>) -> Int {
    bytes.reduce(0) { $0 + (isContinuation($1) ? 0 : 1) }
  }

  private static func stepped(back count: Int, from offset: Int, in bytes: [UInt8]) -> Int {
    var offset = offset
    var left = count
    while offset > 0, left > 0 {
      offset -= 1
      if !isContinuation(bytes[offset]) { left -= 1 }
    }
    return offset
  }

  private static func stepped(forward count: Int, from offset: Int, in bytes: [UInt8]) -> Int {
    var offset = offset
    var left = count
    while offset < bytes.count {
      if !isContinuation(bytes[offset]) {
        if left == 0 { break }
        left -= 1
      }
      offset += 1
    }
    return offset
  }
}
