import StoaModel

/// Writes words and URLs so that CommonMark, with GitHub's extensions, finds no markup in them.
enum MarkdownText {
  /// The position of words, which determines what would be markup.
  struct Place {
    /// Whether the words begin their line.
    var beginsLine = false
    /// Whether a link follows the words.
    var isBeforeLink = false
    var isInCell = false
    /// Whether the words end a heading.
    var endsHeading = false
  }

  /// Appends words.
  static func write(_ words: [UInt8], at place: Place, into output: inout [UInt8]) {
    var start = 0
    if place.beginsLine, let mark = blockMark(in: words) {
      output += words[..<mark]
      output.append(UInt8(ascii: "\\"))
      output.append(words[mark])
      start = mark + 1
    }
    var index = start
    while index < words.count {
      let byte = words[index]
      if byte == UInt8(ascii: "_") {
        index = writeUnderscores(of: words, from: index, into: &output)
        continue
      }
      let isEscaped =
        switch byte {
        case UInt8(ascii: "\\"), UInt8(ascii: "`"), UInt8(ascii: "*"), UInt8(ascii: "["),
          UInt8(ascii: "]"), UInt8(ascii: "<"), UInt8(ascii: "~"):
          true
        case UInt8(ascii: "&"): beginsReference(words[index...])
        // GitHub makes links of addresses, and reads no backslash in them.
        case UInt8(ascii: ":"): words[index...].dropFirst().starts(with: "//".utf8)
        case UInt8(ascii: "."):
          index >= 3
            && words[(index - 3)..<index].map(ASCII.lowercased).elementsEqual("www".utf8)
        case UInt8(ascii: "|"): place.isInCell
        case UInt8(ascii: "!"): place.isBeforeLink && index == words.count - 1
        case UInt8(ascii: "#"): place.endsHeading && index == words.count - 1
        default: false
        }
      if isEscaped { output.append(UInt8(ascii: "\\")) }
      output.append(byte)
      index += 1
    }
  }

  /// Appends a run of underscores, which are no markup between letters or digits; returns its end.
  private static func writeUnderscores(
    of words: [UInt8], from start: Int, into output: inout [UInt8]
  ) -> Int {
    let end = words[start...].firstIndex { $0 != UInt8(ascii: "_") } ?? words.count
    let isWithinWord =
      start > 0 && end < words.count && ASCII.isLetterOrDigit(words[start - 1])
      && ASCII.isLetterOrDigit(words[end])
    for _ in start..<end { output += isWithinWord ? "_".utf8 : "\\_".utf8 }
    return end
  }

  /// The index of the byte to escape so that the words do not begin another block at the start of a line; nil if none needs it.
  private static func blockMark(in words: [UInt8]) -> Int? {
    guard let first = words.first else { return nil }
    let second = words.count > 1 ? words[1] : 0x20
    switch first {
    case UInt8(ascii: ">"), UInt8(ascii: "|"): return 0
    case UInt8(ascii: "#"):
      let marks = words.prefix { $0 == first }.count
      return marks == words.count || words[marks] == 0x20 ? 0 : nil
    case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "="), UInt8(ascii: ":"):
      return second == 0x20 || second == first || "-:|".utf8.contains(second) ? 0 : nil
    default:
      let digits = words.prefix(while: ASCII.isDigit).count
      guard (1...9).contains(digits), digits < words.count, ".)".utf8.contains(words[digits]),
        digits + 1 == words.count || words[digits + 1] == 0x20
      else { return nil }
      return digits
    }
  }

  /// Whether an ampersand looks like the start of a character reference.
  private static func beginsReference(_ words: ArraySlice<UInt8>) -> Bool {
    let name = words.dropFirst().prefix(40)
    guard let end = name.firstIndex(of: UInt8(ascii: ";")), end > name.startIndex else {
      return false
    }
    return name[..<end].allSatisfy { ASCII.isLetterOrDigit($0) || $0 == UInt8(ascii: "#") }
  }

  // MARK: Code

  /// Appends a span of code.
  static func write(code: [UInt8], isInCell: Bool, into output: inout [UInt8]) {
    let bar = UInt8(ascii: "|")
    let backslash = UInt8(ascii: "\\")
    if isInCell, code.contains(bar) {
      // GitHub splits rows before it reads code; parsers differ if a backslash precedes the bar.
      let isDoubtful = zip(code, code.dropFirst()).contains { $0 == backslash && $1 == bar }
      guard !isDoubtful else { return write(code, at: Place(isInCell: true), into: &output) }
    }
    let fence = [UInt8](
      repeating: UInt8(ascii: "`"), count: code.longestRun(of: UInt8(ascii: "`")) + 1)
    let isPadded =
      code.first == fence[0] || code.last == fence[0]
      || code.first == 0x20 && code.last == 0x20 && code.contains { $0 != 0x20 }
    output += fence
    if isPadded { output.append(0x20) }
    for byte in code {
      if isInCell, byte == bar { output.append(backslash) }
      output.append(byte)
    }
    if isPadded { output.append(0x20) }
    output += fence
  }

  // MARK: Addresses

  /// Whether a URL can be written as an autolink in angle brackets.
  static func isAutolink(_ address: String) -> Bool {
    let bytes = Array(address.utf8)
    let hasScheme = ["https://", "http://", "mailto:"].contains { bytes.starts(with: $0.utf8) }
    let isPlain = bytes.allSatisfy { $0 > 0x20 && !"<>\\`|".utf8.contains($0) }
    return hasScheme && isPlain
      && !bytes.indices.contains {
        bytes[$0] == UInt8(ascii: "&") && beginsReference(bytes[$0...])
      }
  }

  /// Appends the address of a link or image, with its title.
  static func write(
    address: String, title: String, isInCell: Bool, into output: inout [UInt8]
  ) {
    let bytes = Array(address.utf8)
    let isPlain = !bytes.isEmpty && !bytes.contains { "() ".utf8.contains($0) }
    output += isPlain ? "(".utf8 : "(<".utf8
    for index in bytes.indices {
      let byte = bytes[index]
      switch byte {
      case 0...0x1F, 0x7F, UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\\"),
        UInt8(ascii: "|") where isInCell:
        output +=
          PercentEncoding.encode(String(Unicode.Scalar(byte)), keeping: PercentEncoding.path)
          .utf8
      case UInt8(ascii: "&") where beginsReference(bytes[index...]):
        output += "\\&".utf8
      default: output.append(byte)
      }
    }
    if !isPlain { output.append(UInt8(ascii: ">")) }
    if !title.isEmpty {
      output += " \"".utf8
      let title = Array(title.utf8)
      for (index, byte) in title.enumerated() {
        let isReference = byte == UInt8(ascii: "&") && beginsReference(title[index...])
        if isReference || "\\\"".utf8.contains(byte) || isInCell && byte == UInt8(ascii: "|") {
          output.append(UInt8(ascii: "\\"))
        }
        output.append(ASCII.isSpace(byte) ? 0x20 : byte)
      }
      output.append(UInt8(ascii: "\""))
    }
    output.append(UInt8(ascii: ")"))
  }
}
