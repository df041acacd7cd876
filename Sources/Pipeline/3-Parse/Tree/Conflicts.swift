import CMarkGFM
import StoaModel

extension TreeEditor {
  /// Reports merge conflicts in a document, except within one code block, where the lines may be an example.
  mutating func reportConflicts(in bytes: [UInt8], _ root: Node) {
    let conflicts = ConflictMarkers.conflicts(in: bytes)
    guard !conflicts.isEmpty else { return }
    let code = Self.linesOfCode(in: root)
    for conflict in conflicts
    where !code.contains(where: { $0.contains(conflict.first) && $0.contains(conflict.last) }) {
      let diagnostic = Diagnostic(conflictIn: "", line: conflict.first)
      report(
        diagnostic.code, at: SourceLines.Place(line: conflict.first, column: 1),
        diagnostic.message, diagnostic.suggestion)
    }
  }

  /// The lines of each code block.
  private static func linesOfCode(in root: Node) -> [ClosedRange<Int>] {
    var lines: [ClosedRange<Int>] = []
    let iterator = cmark_iter_new(root.pointer)
    defer { cmark_iter_free(iterator) }
    while cmark_iter_next(iterator) != CMARK_EVENT_DONE {
      guard let node = Node(cmark_iter_get_node(iterator)), node.type == CMARK_NODE_CODE_BLOCK
      else { continue }
      let end = Int(cmark_node_get_end_line(node.pointer))
      if node.line <= end { lines.append(node.line...end) }
    }
    return lines
  }
}
