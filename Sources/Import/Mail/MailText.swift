import StoaModel

/// Converts a message's text to markdown: it keeps the lines, folds quotes, and removes the signature.
struct MailText {
  private(set) var markdown: [UInt8] = []
  private(set) var signatureCount = 0
  /// The current place of a quoted message; nil if it is unknown.
  private let target: String?

  private static let shortQuotation = 3

  init(_ text: [UInt8], target: String?) {
    self.target = target
    var lines = text.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
      var line = line
      while let last = line.last, last == 0x0D || last == 0x20 && line.count != 3 {
        line = line.dropLast()
      }
      return line
    }[...]
    cutEnd(of: &lines)
    var plain: [ArraySlice<UInt8>] = []
    var index = lines.startIndex
    while index < lines.endIndex {
      let isForwarded = Self.beginsForwarded(lines[index])
      guard Self.isQuoted(lines[index]) || isForwarded else {
        plain.append(lines[index])
        index += 1
        continue
      }
      var quoted: [ArraySlice<UInt8>] = []
      while index < lines.endIndex,
        isForwarded || Self.isQuoted(lines[index])
          || lines[index].isEmpty && index + 1 < lines.endIndex && Self.isQuoted(lines[index + 1])
      {
        quoted.append(isForwarded ? lines[index] : Self.unquoted(lines[index]))
        index += 1
      }
      let attribution = Self.takeAttribution(from: &plain)
      flush(&plain)
      quote(quoted, attribution)
    }
    flush(&plain)
  }

  /// Removes the signature (`-- `) and the footer that a list's software adds.
  private mutating func cutEnd(of lines: inout ArraySlice<ArraySlice<UInt8>>) {
    if let foot = lines.lastIndex(where: { line in
      line.count >= 40 && line.allSatisfy { $0 == UInt8(ascii: "_") }
    }), lines.endIndex - foot <= 8,
      lines[foot...].contains(where: { $0.contains(text: "list") || $0.contains(text: "://") })
    {
      lines = lines[..<foot]
    }
    if let mark = lines.lastIndex(where: { $0.elementsEqual("-- ".utf8) }),
      lines.endIndex - mark <= 20
    {
      lines = lines[..<mark]
      signatureCount += 1
    }
    while let last = lines.last, last.allSatisfy({ $0 <= 0x20 }) { lines = lines.dropLast() }
  }

  private static func isQuoted(_ line: ArraySlice<UInt8>) -> Bool {
    line.first == UInt8(ascii: ">") || line.starts(with: " >".utf8)
  }

  private static func unquoted(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var line = line.drop { $0 == 0x20 }
    if line.first == UInt8(ascii: ">") { line = line.dropFirst() }
    return line.first == 0x20 ? line.dropFirst() : line
  }

  /// `-----Original Message-----`: everything below it is quoted.
  private static func beginsForwarded(_ line: ArraySlice<UInt8>) -> Bool {
    guard line.starts(with: "-----".utf8), line.suffix(3).elementsEqual("---".utf8) else {
      return false
    }
    let words = String(decoding: line, as: UTF8.self).lowercased()
    return [
      "original message", "ursprüngliche nachricht", "message d'origine", "forwarded message",
    ]
    .contains { words.contains($0) }
  }

  /// `On Monday, Ada wrote:`, on one line or two, directly above a quote.
  private static func takeAttribution(from plain: inout [ArraySlice<UInt8>]) -> String {
    var rest = plain
    while let last = rest.last, last.allSatisfy({ $0 <= 0x20 }) { rest.removeLast() }
    guard let last = rest.last, last.last == UInt8(ascii: ":"), last.count < 300 else { return "" }
    rest.removeLast()
    var words = String(decoding: last, as: UTF8.self)
    let begins = ["On ", "Am ", "Le ", "El ", "At ", "In "]
    if !begins.contains(where: words.hasPrefix), let above = rest.last,
      begins.contains(where: { above.starts(with: $0.utf8) })
    {
      rest.removeLast()
      words = String(decoding: above, as: UTF8.self) + " " + words
    }
    plain = rest
    return CleanText.line(words)
  }

  private mutating func flush(_ plain: inout [ArraySlice<UInt8>]) {
    let words = plain.drop { line in line.allSatisfy { $0 <= 0x20 } }
    let text = Array(words.joined(separator: [0x0A]))
    plain = []
    guard !text.allSatisfy({ $0 <= 0x20 }) else { return }
    separate()
    markdown += PlainText.markdown(text, unwraps: true)
  }

  private mutating func separate() {
    while let last = markdown.last, last <= 0x20 { markdown.removeLast() }
    if !markdown.isEmpty { markdown += "\n\n".utf8 }
  }

  /// A quote with a link to its source; long ones are folded.
  private mutating func quote(_ lines: [ArraySlice<UInt8>], _ attribution: String) {
    separate()
    let isFolded = lines.count > Self.shortQuotation
    let words =
      attribution.isEmpty
      ? "" : String(decoding: PlainText.escaped(Array(attribution.utf8)[...]), as: UTF8.self)
    if isFolded {
      markdown += "> [!QUOTE]- \(words.isEmpty ? "…" : words)\n".utf8
      if let target { markdown += "> [↑](\(target))\n>\n".utf8 }
    } else if let target {
      markdown += "> [\(words.isEmpty ? "↑" : words)](\(target))\n>\n".utf8
    } else if !words.isEmpty {
      markdown += "> \(words)\n>\n".utf8
    }
    // Quotes within it remain quotes, without folds of their own.
    var depths = lines.map { line -> (Int, ArraySlice<UInt8>) in
      var line = line
      var depth = 0
      while depth < 20, Self.isQuoted(line) {
        line = Self.unquoted(line)
        depth += 1
      }
      return (depth, line)
    }
    while let last = depths.last, last.1.allSatisfy({ $0 <= 0x20 }) { depths.removeLast() }
    var start = 0
    while start < depths.count {
      let depth = depths[start].0
      var end = start
      while end < depths.count, depths[end].0 == depth { end += 1 }
      let text = PlainText.markdown(
        Array(depths[start..<end].map(\.1).joined(separator: [0x0A])), unwraps: true)
      let mark = Array(repeating: UInt8(ascii: ">"), count: depth + 1)
      for line in text.split(separator: 0x0A, omittingEmptySubsequences: false) {
        markdown += line.isEmpty ? mark + [0x0A] : mark + [0x20] + line + [0x0A]
      }
      // Without an empty line, markdown would add a quote of a lower level to the paragraph above it.
      if end < depths.count { markdown += [UInt8(ascii: ">")] + [0x0A] }
      start = end
    }
  }

  /// RFC 3676 (format=flowed): a line that ends with a space continues on the next.
  static func unflowed(_ text: [UInt8], deletesSpace: Bool) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(text.count)
    var openDepth: Int?
    for line in text.split(separator: 0x0A, omittingEmptySubsequences: false) {
      var line = line.last == 0x0D ? line.dropLast() : line
      let depth = line.prefix { $0 == UInt8(ascii: ">") }.count
      if let open = openDepth, open == depth {
        line = line.dropFirst(depth)
        if line.first == 0x20 { line = line.dropFirst() }
      } else {
        if openDepth != nil || !output.isEmpty { output.append(0x0A) }
        // Space-stuffing.
        if depth == 0, line.first == 0x20 { line = line.dropFirst() }
      }
      let isFlowed = line.last == 0x20 && !line.elementsEqual("-- ".utf8)
      output += isFlowed && deletesSpace ? line.dropLast() : line
      openDepth = isFlowed ? depth : nil
    }
    return output
  }
}
