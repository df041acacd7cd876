import StoaHTML
import StoaModel

/// The tree of a formula; parsing fails if the input has anything else.
struct MathMLTree {
  struct Node {
    let element: MathMLElement
    let attributes: [MarkupReader.Attribute]
    /// Whether it has a border.
    var isBoxed = false
    var text: [UInt8] = []
    var children: [Node] = []
  }

  let root: Node
  /// Whether it shows anything: text, a character or a fraction's line.
  private(set) var isVisible = false

  init(_ bytes: [UInt8]) throws(MarkupError) {
    var reader = MarkupReader(bytes)
    // The open elements; nil for an element whose children become children of its parent.
    var open: [(name: String, node: Node?)] = []
    var finished: Node?
    while let token = try reader.next() {
      switch token {
      case .text(let text):
        // After the root, only white space is allowed.
        if open.last?.node?.element.hasText == true {
          open[open.count - 1].node?.text += text
          isVisible = isVisible || text.contains { $0 > 0x20 }
        } else if text.contains(where: { $0 > 0x20 }) {
          throw MarkupError()
        }
      case .start(let name, let attributes, let isEmpty):
        guard finished == nil, open.count < FormulaLimit.depth, open.isEmpty == (name == "math"),
          open.last?.node?.element.hasText != true
        else { throw MarkupError() }
        if name == "annotation" || name == "annotation-xml" {
          if !isEmpty { try Self.skip(name, &reader) }
          continue
        }
        open.append((name, try Self.node(name, attributes)))
        if isEmpty { finished = try Self.close(name, &open) }
      case .end(let name): finished = try Self.close(name, &open)
      }
    }
    guard let finished else { throw MarkupError() }
    root = finished
  }

  /// A node for an element; nil for an element that only groups others.
  private static func node(
    _ name: String, _ attributes: [MarkupReader.Attribute]
  ) throws(MarkupError) -> Node? {
    switch name {
    case "semantics": return nil
    case "menclose":
      return Node(
        element: .mrow, attributes: [], isBoxed: attributes["notation"] == "box")
    default:
      guard let element = MathMLElement(rawValue: name) else { throw MarkupError() }
      var node = Node(element: element, attributes: attributes)
      node.isBoxed = element == .mrow && attributes["class"] == "boxed"
      return node
    }
  }

  /// Ends the last open element, and returns it if it is the root.
  private static func close(
    _ name: String, _ open: inout [(name: String, node: Node?)]
  ) throws(MarkupError) -> Node? {
    guard let last = open.popLast(), last.name == name else { throw MarkupError() }
    guard let node = last.node else { return nil }
    guard let parent = open.lastIndex(where: { $0.node != nil }) else { return node }
    open[parent].node?.children.append(node)
    return nil
  }

  private static func skip(_ name: String, _ reader: inout MarkupReader) throws(MarkupError) {
    var depth = 1
    while depth > 0 {
      switch try reader.next() {
      case .start(name, _, false): depth += 1
      case .end(name): depth -= 1
      case nil: throw MarkupError()
      default: break
      }
    }
  }
}
