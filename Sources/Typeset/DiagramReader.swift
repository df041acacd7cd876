import StoaHTML
import StoaModel

/// Reads Graphviz's drawing and writes it anew, with a closed list of elements and attributes: shapes, lines, words and links.
///
/// Black becomes the page's text colour and white its background colour, so that a drawing without colours of its own fits both
/// colour schemes.
struct DiagramReader {
  struct Drawing {
    let diagram: Diagram
    /// The names of the elements that were left out.
    let removedElements: Set<String>
    /// The addresses of links that were left out, as they were written.
    let refusedAddresses: [String]
  }

  /// Nil when it cannot be shown.
  static func read(_ svg: [UInt8]) -> Drawing? {
    var reader = DiagramReader(svg)
    return try? reader.read()
  }

  /// An open element, with its output.
  private struct Open {
    let name: String
    let closing: String
    let isGroup: Bool
  }

  private static let depth = 64
  private static let maximumAddresses = 5

  private var markup: MarkupReader
  private var buffer = ByteBuffer(capacity: 4_096)
  private var open: [Open] = []
  private var words = DiagramWords()
  private var removedElements: Set<String> = []
  private var refusedAddresses: [String] = []
  private var isColoured = false
  private var hasLinks = false
  private var hasShapes = false

  private init(_ svg: [UInt8]) {
    markup = MarkupReader(svg)
  }

  private mutating func read() throws(MarkupError) -> Drawing? {
    var root: [MarkupReader.Attribute]?
    var isFinished = false
    while let token = try markup.next() {
      switch token {
      case .text(let text):
        guard text.contains(where: { $0 > 0x20 }) else { continue }
        // Text is only in elements of its own, which are read as a whole.
        throw MarkupError()
      case .start(let name, let attributes, let isEmpty):
        guard !isFinished, open.count < Self.depth else { throw MarkupError() }
        if root == nil {
          guard name == "svg", !isEmpty else { throw MarkupError() }
          root = attributes
          open.append(Open(name: name, closing: "", isGroup: false))
        } else {
          try start(name, attributes, isEmpty: isEmpty)
        }
      case .end(let name):
        guard let last = open.popLast(), last.name == name else { throw MarkupError() }
        buffer.write(last.closing)
        if last.isGroup { words.endGroup() }
        isFinished = open.isEmpty
      }
    }
    guard isFinished, hasShapes, buffer.count <= DiagramLimit.content, let root,
      let box = SVGValue.numbers(root["viewBox"] ?? ""), box.count == 4,
      (1...Double(DiagramLimit.side)).contains(box[2]),
      (1...Double(DiagramLimit.side)).contains(box[3]), let viewBox = root["viewBox"]
    else { return nil }
    return Drawing(
      diagram: Diagram(
        content: buffer.bytes, words: words.text, width: Int(box[2].rounded(.up)),
        height: Int(box[3].rounded(.up)), viewBox: viewBox, isColoured: isColoured,
        hasLinks: hasLinks),
      removedElements: removedElements, refusedAddresses: refusedAddresses)
  }

  private mutating func start(
    _ name: String, _ attributes: [MarkupReader.Attribute], isEmpty: Bool
  ) throws(MarkupError) {
    switch name {
    case "g": try group(attributes, isEmpty: isEmpty)
    case "a": try link(attributes, isEmpty: isEmpty)
    case "title": words.title = try text(in: name, isEmpty: isEmpty)
    case "text":
      let text = try text(in: name, isEmpty: isEmpty)
      guard text.contains(where: { $0 > 0x20 }) else { return }
      words.add(text)
      hasShapes = true
      buffer.write("<text")
      write(attributes, of: .text)
      buffer.write(">")
      buffer.writeContent(text)
      buffer.write("</text>")
    default:
      guard let shape = SVGShape(rawValue: name) else {
        removedElements.insert(name)
        if !isEmpty { try skip(name) }
        return
      }
      if !isEmpty { try skip(name) }
      // Graphviz also draws a transparent background as an element.
      let isInvisible = { SVGValue.colour(attributes[$0] ?? "none") == SVGColour.none }
      guard !isInvisible("fill") || !isInvisible("stroke") else { return }
      hasShapes = true
      buffer.write("<\(name)")
      write(attributes, of: shape)
      buffer.write("/>")
    }
  }

  private mutating func group(
    _ attributes: [MarkupReader.Attribute], isEmpty: Bool
  ) throws(MarkupError) {
    guard !isEmpty else { return }
    words.beginGroup(DiagramWords.Kind(rawValue: attributes["class"] ?? ""))
    guard let transform = attributes["transform"] else {
      open.append(Open(name: "g", closing: "", isGroup: true))
      return
    }
    guard SVGValue.isTransform(transform) else { throw MarkupError() }
    buffer.write("<g transform=\"\(transform)\">")
    open.append(Open(name: "g", closing: "</g>", isGroup: true))
  }

  private mutating func link(
    _ attributes: [MarkupReader.Attribute], isEmpty: Bool
  ) throws(MarkupError) {
    guard !isEmpty else { return }
    let written = attributes["xlink:href"] ?? attributes["href"] ?? ""
    guard !written.isEmpty, !open.contains(where: { $0.closing == "</a>" }),
      let address = AddressPolicy.normalized(written)
    else {
      // A tooltip is a link without a target.
      if !written.isEmpty, refusedAddresses.count < Self.maximumAddresses,
        !refusedAddresses.contains(written)
      {
        refusedAddresses.append(written)
      }
      open.append(Open(name: "a", closing: "", isGroup: false))
      return
    }
    hasLinks = true
    buffer.write("<a href=\"")
    buffer.writeEscaped(address)
    buffer.write("\">")
    open.append(Open(name: "a", closing: "</a>", isGroup: false))
  }

  private mutating func write(_ attributes: [MarkupReader.Attribute], of shape: SVGShape) {
    for attribute in attributes where shape.geometry.contains(attribute.name) {
      guard let value = SVGValue.geometry(attribute) else { continue }
      buffer.write(" \(attribute.name)=\"\(value)\"")
    }
    var classes: [String] = []
    // Without an attribute, an element of a drawing is filled and has no outline.
    for name in ["fill", "stroke"] {
      let isHollow = name == "fill" && shape != .text
      let colour =
        attributes[name].map { SVGValue.colour($0) ?? (isHollow ? SVGColour.none : .ink) }
        ?? (shape == .text && name == "fill" ? .ink : SVGColour.none)
      if case .other = colour { isColoured = true }
      switch (name, colour) {
      case ("fill", .ink) where shape == .text, ("stroke", .none): break
      case (_, .none): buffer.write(" \(name)=\"none\"")
      case (_, .ink): buffer.write(" \(name)=\"currentColor\"")
      case ("fill", .paper): classes.append("paper")
      case (_, .paper): classes.append("paper-line")
      case ("fill", .shade): buffer.write(" fill=\"currentColor\" fill-opacity=\".15\"")
      case (_, .shade): buffer.write(" stroke=\"currentColor\" stroke-opacity=\".4\"")
      case (_, .other(let value)): buffer.write(" \(name)=\"\(value)\"")
      }
    }
    if !classes.isEmpty { buffer.write(" class=\"\(classes.joined(separator: " "))\"") }
  }

  /// The words of an element, without the elements in it.
  private mutating func text(in name: String, isEmpty: Bool) throws(MarkupError) -> [UInt8] {
    guard !isEmpty else { return [] }
    var words: [UInt8] = []
    var depth = 1
    while depth > 0 {
      switch try markup.next() {
      case .text(let text): words += text
      case .start(_, _, let isEmpty): depth += isEmpty ? 0 : 1
      case .end: depth -= 1
      case nil: throw MarkupError()
      }
      guard depth < Self.depth else { throw MarkupError() }
    }
    return words
  }

  private mutating func skip(_ name: String) throws(MarkupError) {
    _ = try text(in: name, isEmpty: false)
  }
}
