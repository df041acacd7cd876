import StoaModel

/// Finds code in markdown by its bytes: fences and spans.
enum MarkdownCode {
  private static let maximumSpan = 16_384

  /// The places of code, in order.
  static func ranges(in text: [UInt8]) -> [Range<Int>] {
    guard text.contains(UInt8(ascii: "`")) || text.contains(UInt8(ascii: "~")) else { return [] }
    var ranges: [Range<Int>] = []
    var position = 0
    var openRuns: [Int: Int] = [:]
    var isLineStart = true
    while position < text.count {
      if isLineStart, let end = fence(at: position, in: text) {
        ranges.append(position..<end)
        position = end
        continue
      }
      let byte = text[position]
      isLineStart = byte == 0x0A
      if byte == UInt8(ascii: "\\") {
        position += position + 1 < text.count && text[position + 1] != 0x0A ? 2 : 1
      } else if byte == UInt8(ascii: "`") {
        let count = text[position...].prefix { $0 == UInt8(ascii: "`") }.count
        if openRuns[count, default: 0] <= position, let end = span(at: position, count, in: text) {
          ranges.append(position..<end)
          position = end
        } else {
          openRuns[count] = max(openRuns[count, default: 0], position + maximumSpan)
          position += count
        }
      } else {
        position += 1
      }
    }
    return ranges
  }

  /// The text with its code replaced by spaces; line ends are kept.
  static func blanked(_ text: [UInt8]) -> [UInt8] {
    var text = text
    for range in ranges(in: text) {
      for index in range where text[index] != 0x0A { text[index] = 0x20 }
    }
    return text
  }

  private static func fence(at start: Int, in text: [UInt8]) -> Int? {
    guard let open = mark(ofLineAt: start, in: text) else { return nil }
    var line = end(ofLineAt: start, in: text)
    while line < text.count {
      let next = end(ofLineAt: line, in: text)
      if let close = mark(ofLineAt: line, in: text), close.byte == open.byte,
        close.count >= open.count, close.isBare
      {
        return next
      }
      line = next
    }
    return text.count
  }

  private static func end(ofLineAt start: Int, in text: [UInt8]) -> Int {
    text[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? text.count
  }

  private static func mark(
    ofLineAt start: Int, in text: [UInt8]
  ) -> (byte: UInt8, count: Int, isBare: Bool)? {
    var index = start
    while index < text.count, [0x20, 0x09, UInt8(ascii: ">")].contains(text[index]) { index += 1 }
    guard index < text.count, text[index] == 0x60 || text[index] == 0x7E else { return nil }
    let byte = text[index]
    let count = text[index...].prefix { $0 == byte }.count
    let rest = text[(index + count)...].prefix { $0 != 0x0A }
    guard count >= 3, byte == 0x7E || !rest.contains(0x60) else { return nil }
    return (byte, count, rest.allSatisfy { $0 <= 0x20 })
  }

  private static func span(at start: Int, _ count: Int, in text: [UInt8]) -> Int? {
    let limit = min(text.count, start + maximumSpan)
    var index = start + count
    while index < limit, let next = text[index..<limit].firstIndex(of: 0x60) {
      if text[index..<next].contains(text: "\n\n") { return nil }
      let run = text[next..<limit].prefix { $0 == 0x60 }.count
      if run == count { return next + run }
      index = next + run
    }
    return nil
  }

  /// A code block with a fence that is longer than any in the code.
  static func block(_ code: [UInt8], language: String = "", indentation: [UInt8] = []) -> [UInt8] {
    var lines = code.split(separator: 0x0A, omittingEmptySubsequences: false)[...]
    while let first = lines.first, first.allSatisfy({ $0 <= 0x20 }) { lines = lines.dropFirst() }
    while let last = lines.last, last.allSatisfy({ $0 <= 0x20 }) { lines = lines.dropLast() }
    let fence = indentation + [UInt8](repeating: 0x60, count: max(3, code.longestRun(of: 0x60) + 1))
    var block = fence + language.utf8 + [0x0A]
    for line in lines {
      if !line.starts(with: indentation) { block += indentation }
      block += line + [0x0A]
    }
    return block + fence
  }

  /// A code span.
  static func span(_ code: [UInt8]) -> [UInt8] {
    let mark = [UInt8](repeating: 0x60, count: code.longestRun(of: 0x60) + 1)
    let needsSpace = code.first == 0x60 || code.last == 0x60
    return mark + (needsSpace ? [0x20] + code + [0x20] : code) + mark
  }
}

extension ArraySlice<UInt8> {
  func contains(text: String) -> Bool { range(of: text.utf8) != nil }
}
