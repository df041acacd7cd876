import StoaModel

/// Writes CommonMark, with GitHub's tables, task lists and strikethrough: the content of a page, for people and programs that
/// read text.
package struct MarkdownWriter: Sendable {
  /// A block quote or a list item around the current block.
  private struct Container {
    /// The prefix of its first line.
    let first: [UInt8]
    /// The prefix of each further line.
    let rest: [UInt8]
    var isBegun = false
  }

  package private(set) var bytes: [UInt8] = []
  private var containers: [Container] = []
  /// Whether an empty line already separates the next block from the previous one.
  private var isSeparated = true
  /// The marker of the list that has just ended: a list directly after it needs a different one.
  private var lastMarker: UInt8 = 0

  package init() {}

  // MARK: Blocks

  package mutating func heading(_ level: Int, _ line: MarkdownLine) {
    guard !line.isEmpty else { return }
    begin()
    write([UInt8](repeating: UInt8(ascii: "#"), count: min(max(level, 1), 6)) + [0x20])
    write(line.markdown(as: .heading)[0])
    end()
  }

  package mutating func paragraph(_ line: MarkdownLine) {
    guard !line.isEmpty else { return }
    begin()
    write(line.markdown(as: .paragraph))
    end()
  }

  package mutating func quote(_ blocks: (inout MarkdownWriter) -> Void) {
    open(first: Array("> ".utf8), rest: Array("> ".utf8))
    blocks(&self)
    close()
  }

  package mutating func rule() {
    begin()
    // Within a list, hyphens and asterisks could be its markers.
    write(Array((containers.isEmpty ? "---" : "___").utf8))
    end()
  }

  /// Appends a block of code.
  mutating func code(_ code: [UInt8], language: String) {
    begin()
    let info = Array(language.utf8)
    let mark: Unicode.Scalar = info.contains(UInt8(ascii: "`")) ? "~" : "`"
    let length = max(3, code.longestRun(of: UInt8(ascii: mark)) + 1)
    let fence = [UInt8](repeating: UInt8(ascii: mark), count: length)
    write(fence)
    for byte in info {
      if byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "&") { write([UInt8(ascii: "\\")]) }
      write([ASCII.isSpace(byte) ? UInt8(ascii: "-") : byte])
    }
    var lines = code.split(separator: 0x0A, omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    for line in lines {
      endLine()
      if line.isEmpty { beginEmptyLine() } else { beginLine() }
      bytes += line.last == 0x0D ? line.dropLast() : line
    }
    endLine()
    beginLine()
    write(fence)
    end()
  }

  /// Appends a table; each row has as many cells as the head.
  mutating func table(
    head: [MarkdownLine], alignments: [MarkdownAlignment], rows: [[MarkdownLine]]
  ) {
    begin()
    row(head)
    endLine()
    beginLine()
    for alignment in alignments { write(Array("|\(alignment.delimiter)".utf8)) }
    write([UInt8(ascii: "|")])
    for cells in rows {
      endLine()
      beginLine()
      row(cells)
    }
    end()
  }

  private mutating func row(_ cells: [MarkdownLine]) {
    for cell in cells {
      write(Array("| ".utf8))
      if !cell.isEmpty { write(cell.markdown(as: .cell)[0] + [0x20]) }
    }
    write([UInt8(ascii: "|")])
  }

  // MARK: Lists

  /// The marker for a list that begins here.
  package func marker(isOrdered: Bool) -> UInt8 {
    let (usual, other) =
      isOrdered
      ? (UInt8(ascii: "."), UInt8(ascii: ")")) : (UInt8(ascii: "-"), UInt8(ascii: "*"))
    return lastMarker == usual ? other : usual
  }

  /// - Parameters:
  ///   - number: nil in a list without numbers.
  ///   - followsTightly: whether it follows without an empty line.
  package mutating func item(
    _ marker: UInt8, number: Int? = nil, followsTightly: Bool,
    _ blocks: (inout MarkdownWriter) -> Void
  ) {
    var first: [UInt8] = []
    // Nine digits are the most that a marker has.
    if let number { first += String(min(max(number, 0), 999_999_999)).utf8 }
    first += [marker, 0x20]
    if followsTightly { isSeparated = true }
    open(first: first, rest: [UInt8](repeating: 0x20, count: first.count))
    blocks(&self)
    close()
  }

  package mutating func endList(_ marker: UInt8) { lastMarker = marker }

  /// Makes the next block follow without an empty line.
  mutating func join() { isSeparated = true }

  // MARK: Lines

  private mutating func open(first: [UInt8], rest: [UInt8]) {
    separate()
    containers.append(Container(first: first, rest: rest))
    lastMarker = 0
  }

  private mutating func close() {
    guard let container = containers.last else { return }
    if !container.isBegun {
      // An empty item or quote.
      beginLine()
      trimLine()
      end()
    }
    containers.removeLast()
    isSeparated = false
    lastMarker = 0
  }

  private mutating func begin() {
    separate()
    beginLine()
    lastMarker = 0
  }

  private mutating func separate() {
    guard !isSeparated else { return }
    beginEmptyLine()
    endLine()
    isSeparated = true
  }

  private mutating func end() {
    endLine()
    isSeparated = false
  }

  private mutating func beginLine() {
    for index in containers.indices {
      bytes += containers[index].isBegun ? containers[index].rest : containers[index].first
      containers[index].isBegun = true
    }
  }

  private mutating func beginEmptyLine() {
    for container in containers where container.isBegun { bytes += container.rest }
    trimLine()
  }

  private mutating func endLine() { bytes.append(0x0A) }

  private mutating func trimLine() {
    while bytes.last == 0x20 { bytes.removeLast() }
  }

  private mutating func write(_ more: [UInt8]) { bytes += more }

  private mutating func write(_ lines: [[UInt8]]) {
    for (number, line) in lines.enumerated() {
      if number > 0 {
        endLine()
        beginLine()
      }
      bytes += line
    }
  }
}

/// The alignment of a column.
enum MarkdownAlignment: String {
  case none
  case left
  case center
  case right

  var delimiter: String {
    switch self {
    case .none: "---"
    case .left: ":--"
    case .center: ":-:"
    case .right: "--:"
    }
  }
}
