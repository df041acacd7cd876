/// Makes markdown that any build takes: no line and no text beyond the format's limits.
enum BodyText {
  static let maximumLine = 60_000
  static let maximumResponse = 60_000
  static let maximumPost = 1_000_000
  private static let maximumNesting = 60

  /// The text without white space around, every line short enough, ending with a line feed; empty when there is none.
  static func finished(_ text: [UInt8]) -> [UInt8] {
    var body = text[...]
    while let last = body.last, last == 0x0A || last == 0x20 || last == 0x09 {
      body = body.dropLast()
    }
    while let end = body.firstIndex(of: 0x0A),
      body[..<end].allSatisfy({ $0 == 0x20 || $0 == 0x09 })
    { body = body[(end + 1)...] }
    guard !body.isEmpty else { return [] }
    if isNestedTooDeep(body) { return fenced(body) }
    var result: [UInt8] = []
    result.reserveCapacity(body.count + 1)
    for line in body.split(separator: 0x0A, omittingEmptySubsequences: false) {
      var rest = line
      while rest.count > maximumLine {
        let window = rest.prefix(maximumLine)
        var cut = window.lastIndex(of: 0x20) ?? window.endIndex
        // Never within a letter.
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

  /// The text up to a line's end within a number of bytes, and a line that says so.
  static func cut(_ text: [UInt8], to length: Int) -> [UInt8] {
    let window = text.prefix(length)
    let end = window.lastIndex(of: 0x0A) ?? window.endIndex
    return Array(window[..<end]) + "\n\n[…]\n".utf8
  }

  /// Whether the text nests quotations or lists deeper than anybody writes: builds refuse that.
  private static func isNestedTooDeep(_ text: ArraySlice<UInt8>) -> Bool {
    text.split(separator: 0x0A).contains { line in
      // Every level of a quotation is one mark, every level of a list at least a mark and a space.
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

  /// The text as it is typed, in a fence longer than any in it.
  private static func fenced(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var longest = 2
    var run = 0
    for byte in text {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = [UInt8](repeating: UInt8(ascii: "`"), count: min(longest + 1, 1_000))
    return fence + [0x0A] + text + [0x0A] + fence + [0x0A]
  }
}
