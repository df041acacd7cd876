import StoaModel

/// Text without markup, as markdown that shows the same lines.
enum PlainText {
  /// Converts the text so that each of its lines is a line of the page, and no character is markup; web URLs become links.
  ///
  /// - Parameter unwraps: whether a line that ends near the margin continues in the next one, because programs wrap long lines.
  static func markdown(_ text: [UInt8], unwraps: Bool = false) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(text.count + text.count / 8)
    let lines = text.split(separator: 0x0A, omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      var line = line
      while let last = line.last, last <= 0x20 { line = line.dropLast() }
      output += escaped(line)
      let isLast = index + 1 == lines.count
      let isBlank = line.isEmpty
      let isNextBlank = isLast || lines[index + 1].allSatisfy { $0 <= 0x20 }
      let isWrapped = unwraps && !isNextBlank && line.count >= 58 && goesOn(in: lines[index + 1])
      if !isBlank, !isNextBlank, !isWrapped { output.append(UInt8(ascii: "\\")) }
      if !isLast { output.append(0x0A) }
    }
    return output
  }

  /// Whether a line may continue a sentence: it is neither a list item nor a quotation, and is not indented.
  private static func goesOn(in line: ArraySlice<UInt8>) -> Bool {
    guard let first = line.first else { return false }
    return first > 0x20 && !"-*+>|#".utf8.contains(first)
      && !(ASCII.isDigit(first) && line.prefix(4).contains { $0 == 0x2E || $0 == 0x29 })
  }

  /// A line without markup.
  static func escaped(_ line: ArraySlice<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    let start = line.prefix { $0 == 0x20 || $0 == 0x09 }
    // An indentation by four spaces would make code; no-break spaces look the same.
    for byte in start { output += byte == 0x09 ? "\u{A0}\u{A0}".utf8 : "\u{A0}".utf8 }
    let rest = line[start.endIndex...]
    var index = rest.startIndex
    let digits = rest.prefix(while: ASCII.isDigit)
    if !digits.isEmpty, digits.count < 10, digits.endIndex < rest.endIndex,
      rest[digits.endIndex] == UInt8(ascii: ".") || rest[digits.endIndex] == UInt8(ascii: ")")
    {
      output += digits + [0x5C, rest[digits.endIndex]]
      index = digits.endIndex + 1
    } else if let first = rest.first, "-+=#:>|".utf8.contains(first) {
      output += [0x5C, first]
      index += 1
    }
    while index < rest.endIndex {
      let byte = rest[index]
      if byte == UInt8(ascii: "h"),
        rest[index...].starts(with: "http://".utf8) || rest[index...].starts(with: "https://".utf8)
      {
        let word = rest[index...].prefix { $0 > 0x20 && $0 != UInt8(ascii: "<") && $0 != 0x3E }
        output += word
        index = word.endIndex
        continue
      }
      if "\\`*_[]<>~&|$".utf8.contains(byte) {
        let isWordPart =
          byte == UInt8(ascii: "_") && index > rest.startIndex && index + 1 < rest.endIndex
          && ASCII.isLetterOrDigit(rest[index - 1]) && ASCII.isLetterOrDigit(rest[index + 1])
        if !isWordPart { output.append(0x5C) }
      }
      output.append(byte)
      index += 1
    }
    return output
  }
}
