import StoaModel

/// Converts Logseq's extensions of markdown: properties, block names, and task states.
struct LogseqText {
  private(set) var output: [UInt8] = []
  /// Values of properties by their names, in lower case.
  private(set) var properties: [String: String] = [:]
  private(set) var notes: [String] = []

  /// The text of every named block, by name.
  static func blocks(in text: [UInt8]) -> [String: String] {
    var blocks: [String: String] = [:]
    var last = ""
    for line in text.split(separator: 0x0A) {
      let words = CleanText.line(String(decoding: line, as: UTF8.self))
      if let (name, value) = property(of: words) {
        if name == "id" { blocks[value] = last }
      } else {
        last = words.hasPrefix("- ") ? String(words.dropFirst(2)) : words
      }
    }
    return blocks
  }

  /// - Parameter block: the text of a block by its name, and the note that contains it.
  init(_ text: [UInt8], block: (String) -> (words: String, note: String)?) {
    var isFirst = true
    for line in text.split(separator: 0x0A, omittingEmptySubsequences: false) {
      let words = CleanText.line(String(decoding: line, as: UTF8.self), maximumLength: 4_000)
      if let (name, value) = Self.property(of: words) {
        if isFirst || ["tags", "alias", "title"].contains(name) {
          properties[name] = properties[name] ?? value
        }
        if !["id", "collapsed", "title", "alias", "tags"].contains(name) {
          note("the property “\(name)” was left out")
        }
        continue
      }
      if !words.isEmpty, words != "-" { isFirst = false }
      output += Self.withTask(line) + [0x0A]
    }
    output = withBlocks(output, block)
  }

  private mutating func note(_ note: String) {
    if !notes.contains(note), notes.count < 40 { notes.append(note) }
  }

  /// `name:: value`, on a line of its own or after a list marker.
  private static func property(of line: String) -> (name: String, value: String)? {
    let line = line.hasPrefix("- ") ? String(line.dropFirst(2)) : line
    let parts = line.split(separator: "::", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let name = parts.first, !name.isEmpty,
      name.utf8.allSatisfy({ ASCII.isLetterOrDigit($0) || "-_.".utf8.contains($0) }),
      parts[1].isEmpty || parts[1].hasPrefix(" ")
    else { return nil }
    return (name.lowercased(), CleanText.trim(String(parts[1])))
  }

  private static func withTask(_ line: ArraySlice<UInt8>) -> [UInt8] {
    let indentation = line.prefix { $0 <= 0x20 }
    let rest = line[indentation.endIndex...]
    guard rest.starts(with: "- ".utf8) else { return Array(line) }
    let words = rest.dropFirst(2)
    for (state, box) in [("TODO ", "[ ] "), ("DOING ", "[ ] "), ("DONE ", "[x] ")]
    where words.starts(with: state.utf8) {
      return Array(indentation) + Array("- \(box)".utf8) + words.dropFirst(state.utf8.count)
    }
    return Array(line)
  }

  /// Replaces `((block name))` by the text of that block, with a link to its note.
  private mutating func withBlocks(
    _ text: [UInt8], _ block: (String) -> (words: String, note: String)?
  ) -> [UInt8] {
    if text.contains(text: "{{query") || text.contains(text: "{{renderer") {
      note("a query of Logseq's shows its source")
    }
    guard text.contains(text: "((") else { return text }
    var kept: [UInt8] = []
    var rest = text[...]
    while let open = rest.range(of: "((".utf8) {
      kept += rest[..<open.lowerBound]
      let name = rest[open.upperBound...].prefix(36)
      let after = rest[name.endIndex...]
      let isName = name.count == 36 && name.allSatisfy { ASCII.isHexDigit($0) || $0 == 0x2D }
      guard isName, after.starts(with: "))".utf8) else {
        kept += "((".utf8
        rest = rest[open.upperBound...]
        continue
      }
      if let found = block(String(decoding: name, as: UTF8.self)) {
        kept += "[".utf8 + InlineTags.escapingBrackets(Array(found.words.utf8)) + "](".utf8
        kept += (OldLinks.address(ofKey: found.note) + ")").utf8
      } else {
        note("a block that it names is in no imported note")
        kept += Array("((".utf8) + name + Array("))".utf8)
      }
      rest = after.dropFirst(2)
    }
    return kept + rest
  }
}
