import StoaModel

/// Makes line ends within paragraphs hard breaks of markdown.
///
/// Two spaces at a line's end make a hard break, and have no effect outside paragraphs, such as in a list or a table; so paragraphs
/// need not be found exactly. Code is not changed.
enum HardBreaks {
  static func add(to lines: inout [[UInt8]]) {
    var fence: Fence?
    var isCode = false
    var hasList = false
    var wasBlank = true
    for index in lines.indices {
      let line = Line(lines[index])
      if let open = fence {
        if line.closes(open) { fence = nil }
        continue
      }
      fence = line.fence
      // Without a list, an indented line after a blank line is code.
      if wasBlank { isCode = line.indentation >= 4 && !hasList }
      hasList = hasList || line.startsList
      wasBlank = line.isBlank
      guard fence == nil, !isCode, line.isText, index + 1 < lines.count else { continue }
      let next = Line(lines[index + 1])
      guard !next.isBlank, next.fence == nil, !next.interruptsParagraph, !next.isUnderline,
        lines[index].last != UInt8(ascii: "\\")
      else { continue }
      while lines[index].last == 0x20 || lines[index].last == 0x09 { lines[index].removeLast() }
      lines[index] += [0x20, 0x20]
    }
  }

  struct Fence {
    let byte: UInt8
    let length: Int
  }

  /// A line without the marks of its quotations.
  private struct Line {
    let indentation: Int
    private let text: ArraySlice<UInt8>

    init(_ line: [UInt8]) {
      var rest = line[...]
      indentation = rest.prefix { $0 == 0x20 }.count + (rest.first == 0x09 ? 4 : 0)
      rest = Self.trimmed(rest)
      while rest.first == UInt8(ascii: ">") { rest = Self.trimmed(rest.dropFirst()) }
      text = rest
    }

    private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
      text.drop { $0 == 0x20 || $0 == 0x09 }
    }

    var isBlank: Bool { TypedText.isBlank(text) }

    /// Whether it may be part of a paragraph: no heading, table row or rule.
    var isText: Bool { !isBlank && !isHeading && text.first != UInt8(ascii: "|") && !isUnderline }

    private var isHeading: Bool {
      let signs = text.prefix { $0 == UInt8(ascii: "#") }.count
      let rest = text.dropFirst(signs)
      return (1...6).contains(signs) && (rest.isEmpty || rest.first == 0x20)
    }

    /// A line of only `=`, `-`, `*` or `_`.
    var isUnderline: Bool {
      guard let first = text.first, "=-*_".utf8.contains(first) else { return false }
      return text.allSatisfy { $0 == first || $0 == 0x20 || $0 == 0x09 }
    }

    private var startsBulletList: Bool {
      guard let first = text.first, "-*+".utf8.contains(first) else { return false }
      return text.dropFirst().first.map { $0 == 0x20 || $0 == 0x09 } ?? true
    }

    var startsList: Bool {
      let rest = text.drop(while: ASCII.isDigit)
      let isNumbered =
        rest.startIndex > text.startIndex && (rest.first == 0x2E || rest.first == 0x29)
        && rest.dropFirst().first == 0x20
      return startsBulletList || isNumbered
    }

    /// Whether the block that begins here interrupts a paragraph.
    var interruptsParagraph: Bool {
      isHeading || startsBulletList || text.starts(with: "1. ".utf8)
        || text.starts(with: "1) ".utf8)
    }

    /// The code fence that begins on it, perhaps in a list item.
    var fence: Fence? {
      var text = text
      while let first = text.first, "-*+".utf8.contains(first), text.dropFirst().first == 0x20 {
        text = Self.trimmed(text.dropFirst())
      }
      guard let byte = text.first, byte == UInt8(ascii: "`") || byte == UInt8(ascii: "~") else {
        return nil
      }
      let length = text.prefix { $0 == byte }.count
      let isCode = byte == UInt8(ascii: "`") && text.dropFirst(length).contains(byte)
      return length >= 3 && !isCode ? Fence(byte: byte, length: length) : nil
    }

    func closes(_ fence: Fence) -> Bool {
      let length = text.prefix { $0 == fence.byte }.count
      return length >= fence.length && TypedText.isBlank(text.dropFirst(length))
    }
  }
}
