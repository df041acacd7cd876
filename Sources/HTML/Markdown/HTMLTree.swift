import StoaModel

/// HTML that Stoa wrote, as a tree: every `<` and `>` in its words is escaped, and every attribute has quotation marks.
struct HTMLTree {
  struct Node {
    /// The name of an element; empty for text.
    var name = ""
    /// The start tag of an element, or the text.
    var range: Range<Int>
    var children: [Node] = []
    /// Whether it is a block or has one in it.
    var hasBlock = false

    var isText: Bool { name.isEmpty }
  }

  private static let blocks: Set<String> = [
    "blockquote", "caption", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "h1", "h2",
    "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "section", "summary", "table", "tbody",
    "td", "tfoot", "th", "thead", "tr", "ul",
  ]

  private(set) var nodes: [Node] = []

  init(_ html: UnsafeBufferPointer<UInt8>) {
    var open: [Node] = []
    func add(_ node: Node) {
      if open.isEmpty {
        nodes.append(node)
      } else {
        open[open.count - 1].children.append(node)
        if node.hasBlock { open[open.count - 1].hasBlock = true }
      }
    }
    var tags = BodyTags(html)
    var start = 0
    while let tag = tags.next() {
      if start < tag.range.lowerBound { add(Node(range: start..<tag.range.lowerBound)) }
      start = tag.range.upperBound
      let name = String(decoding: html[tag.name], as: UTF8.self)
      switch tag.kind {
      case .opening:
        open.append(Node(name: name, range: tag.range, hasBlock: Self.blocks.contains(name)))
      case .empty:
        add(Node(name: name, range: tag.range, hasBlock: Self.blocks.contains(name)))
      case .closing:
        guard open.contains(where: { $0.name == name }) else { continue }
        while let node = open.popLast() {
          add(node)
          if node.name == name { break }
        }
      }
    }
    if start < html.count { add(Node(range: start..<html.count)) }
    while let node = open.popLast() { add(node) }
  }
}

extension HTMLTree.Node {
  /// The decoded value of an attribute; nil if the element does not have it.
  func attribute(_ name: String, in html: UnsafeBufferPointer<UInt8>) -> String? {
    let start = Array(" \(name)=\"".utf8)
    let tag = UnsafeBufferPointer(rebasing: html[range])
    var index = 1
    while let place = tag.firstIndex(of: start[0], from: index) {
      index = place + 1
      guard tag[place...].starts(with: start),
        let end = tag.firstIndex(of: UInt8(ascii: "\""), from: place + start.count)
      else { continue }
      return CharacterReference.decoded(tag, in: (place + start.count)..<end)
    }
    return nil
  }

  func hasClass(_ name: String, in html: UnsafeBufferPointer<UInt8>) -> Bool {
    attribute("class", in: html)?.split(separator: " ").contains { $0 == name } ?? false
  }
}
