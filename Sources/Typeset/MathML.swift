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
