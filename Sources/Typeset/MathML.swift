import StoaHTML
import StoaModel

/// The limits of a formula.
enum FormulaLimit {
  /// In bytes; one of the longest formulas that people wrote has a fifth of it.
  static let source = 1 << 14
  /// Elements within elements.
  static let depth = 128

  /// The maximum size of the MathML for this much TeX.
  static func markup(forSource size: Int) -> Int { 100 * size + 4_096 }
}

/// Writes a tool's MathML anew: only elements and attributes of MathML Core, and text.
///
/// Applied to its own result, it gives the same bytes.
struct MathML {
  /// The MathML of a formula; nil when the tool's output cannot be shown.
  static func markup(from bytes: [UInt8], of formula: FormulaSource) -> [UInt8]? {
    guard let tree = try? MathMLTree(bytes), tree.isVisible else { return nil }
    var math = MathML()
    math.buffer.write(formula.isDisplay ? "<math display=\"block\">" : "<math>")
    for child in tree.root.children { math.write(child, isUpright: false) }
    math.buffer.write("</math>")
    guard math.buffer.count <= FormulaLimit.markup(forSource: formula.tex.count) else { return nil }
    return math.buffer.bytes
  }

  private var buffer = ByteBuffer(capacity: 512)

  /// Recursion is limited, because the tree's depth is.
  private mutating func write(_ node: MathMLTree.Node, isUpright: Bool) {
    let name = node.element.rawValue
    buffer.write("<\(name)")
    for attribute in Self.attributes(of: node, isUpright: isUpright) {
      buffer.write(" \(attribute.name)=\"")
      buffer.writeEscaped(attribute.value)
      buffer.write("\"")
    }
    if node.children.isEmpty, node.text.isEmpty {
      buffer.write("/>")
      return
    }
    buffer.write(">")
    buffer.writeContent(node.text)
    // MathML Core has no variants for several letters, so each letter is marked as upright.
    let isUpright = isUpright || node.attributes["mathvariant"] == "normal"
    for child in node.children { write(child, isUpright: isUpright) }
    buffer.write("</\(name)>")
  }

  private static func attributes(
    of node: MathMLTree.Node, isUpright: Bool
  ) -> [MarkupReader.Attribute] {
    var attributes = node.attributes.compactMap { attribute in
      node.element.value(of: attribute).map {
        MarkupReader.Attribute(name: attribute.name, value: $0)
      }
    }
    func set(_ name: String, _ value: String) {
      attributes.removeAll { $0.name == name }
      attributes.append(MarkupReader.Attribute(name: name, value: value))
    }
    switch node.element {
    case .mi where isUpright: set("mathvariant", "normal")
    case .mo where attributes["minsize"] != nil:
      // MathML Core enlarges only operators that stretch.
      set("stretchy", "true")
    case .mover where node.children.last?.attributes["accent"] == "true": set("accent", "true")
    case .munder where node.children.last?.attributes["accent"] == "true":
      set("accentunder", "true")
    case .mtd:
      if let side = node.attributes["columnalign"], ["left", "right"].contains(side) {
        set("class", side)
      }
    case .mrow where node.isBoxed: set("class", "boxed")
    default: break
    }
    return attributes
  }
}

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
