import CMarkGFM
import StoaHTML
import StoaModel

/// A line split into cells as cmark-gfm does: at each bar without a backslash before it.
struct TableLine {
  private(set) var cells = 0
  /// The start of the first surplus cell.
  private(set) var surplus: Int?

  init(_ line: ArraySlice<UInt8>, limit: Int = .max) {
    let isSpace: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
    var end = line.endIndex
    while end > line.startIndex, isSpace(line[end - 1]) { end -= 1 }
    var index = line[..<end].firstIndex { !isSpace($0) } ?? end
    if index < end, line[index] == UInt8(ascii: "|") { index += 1 }
    var start = index
    while start < end {
      cells += 1
      if cells > limit, surplus == nil {
        surplus = line[start..<end].firstIndex { !isSpace($0) } ?? start
      }
      while index < end, line[index] != UInt8(ascii: "|") || line[index - 1] == UInt8(ascii: "\\") {
        index += 1
      }
      index += 1
      start = index
    }
  }

  /// The number of cells in the delimiter row below a table's head; nil for any other line.
  static func delimiters(in line: ArraySlice<UInt8>) -> Int? {
    guard let first = line.first,
      first == UInt8(ascii: "|") || first == UInt8(ascii: "-")
        || first == UInt8(ascii: ":")
    else { return nil }
    var hasDash = false
    var hasMark = false
    for byte in line {
      switch byte {
      case UInt8(ascii: "-"): hasDash = true
      case UInt8(ascii: "|"), UInt8(ascii: ":"): hasMark = true
      case 0x20, 0x09: break
      default: return nil
      }
    }
    return hasDash && hasMark ? TableLine(line).cells : nil
  }

  /// A line without the prefixes of block quotes and lists.
  static func content(of line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    line.drop { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: ">") }
  }
}

extension TreeEditor {
  /// Reports rows with more cells than the head: cmark-gfm drops the surplus.
  mutating func enterTable(_ node: Node, columns: Int) {
    var row = node.firstChild?.next
    while let current = row {
      row = current.next
      let line = source.line(current.line)
      let cells = TableLine(TableLine.content(of: line), limit: columns)
      guard let surplus = cells.surplus else { continue }
      report(
        .tableCells,
        at: SourceLines.Place(line: current.line, column: surplus - line.startIndex + 1),
        "the row has \(cells.cells) cells and the head \(columns): the cells from here on are not shown",
        "write \\| for a bar within a cell, in code and wikilinks too")
    }
  }

  /// Reports a table's head whose number of cells differs from the delimiter row: then cmark-gfm reads both as a paragraph.
  mutating func findFailedTable(in paragraph: Node) {
    guard mayHoldTables, paragraph.line > 0, paragraph.endLine > paragraph.line else { return }
    let lines = source.delimiterLines
    var low = 0
    var high = lines.count
    while low < high {
      let middle = (low + high) / 2
      if lines[middle].line <= paragraph.line { low = middle + 1 } else { high = middle }
    }
    guard low < lines.count, lines[low].line <= paragraph.endLine else { return }
    let delimiters = lines[low]
    let line = source.line(delimiters.line - 1)
    let isFirst = delimiters.line - 1 == paragraph.line
    let head =
      isFirst ? line.dropFirst(max(paragraph.column, 1) - 1) : TableLine.content(of: line)
    let cells = TableLine(head).cells
    guard cells != delimiters.cells else { return }
    report(
      .tableCells,
      at: SourceLines.Place(
        line: delimiters.line - 1, column: head.startIndex - line.startIndex + 1),
      "the head has \(Self.cells(cells)) and the line of dashes \(delimiters.cells): this is not a table",
      "give both the same number of cells, and write \\| for a bar within a cell, in code and wikilinks too"
    )
  }

  private static func cells(_ count: Int) -> String { count == 1 ? "1 cell" : "\(count) cells" }
}
