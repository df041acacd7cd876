import CMarkGFM

/// Makes nodes in cmark-gfm's arena.
struct NodeFactory {
  let memory: UnsafeMutablePointer<cmark_mem>

  private func make(_ type: cmark_node_type) -> Node {
    guard let node = Node(cmark_node_new_with_mem(type, memory)) else {
      // cmark-gfm aborts when memory runs out, so this is an unknown type: a bug.
      fatalError("cmark-gfm made no node")
    }
    return node
  }

  func text(_ bytes: [UInt8]) -> Node {
    let node = make(CMARK_NODE_TEXT)
    node.setLiteral(bytes)
    return node
  }

  func code(_ bytes: [UInt8]) -> Node {
    let node = make(CMARK_NODE_CODE)
    node.setLiteral(bytes)
    return node
  }

  /// Our own HTML as an inline node.
  ///
  /// A custom inline would be more accurate, but a table's cell does not allow one.
  func inline(_ html: String) -> Node {
    let node = make(CMARK_NODE_HTML_INLINE)
    node.setLiteral(Array(html.utf8))
    return node
  }

  /// A block that allows any children and writes our own HTML around them, on separate lines.
  func block(opening: String = "", closing: String = "") -> Node {
    let node = make(CMARK_NODE_CUSTOM_BLOCK)
    Node.withText(Array(opening.utf8)) { _ = cmark_node_set_on_enter(node.pointer, $0) }
    Node.withText(Array(closing.utf8)) { _ = cmark_node_set_on_exit(node.pointer, $0) }
    return node
  }

  func paragraph() -> Node { make(CMARK_NODE_PARAGRAPH) }

  func link() -> Node { make(CMARK_NODE_LINK) }
}
