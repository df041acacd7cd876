import CMarkGFM
import StoaHTML
import StoaPlatform

extension TreeEditor {
  /// Makes the text of a task the label of its checkbox, because cmark-gfm writes checkboxes without a label.
  func leaveItem(_ node: Node) {
    guard node.isTask, let words = node.firstChild, words.type == CMARK_NODE_PARAGRAPH,
      let first = words.firstChild
    else { return }
    let state = cmark_gfm_extensions_get_tasklist_item_checked(node.pointer) ? " checked=\"\"" : ""
    let box = "<input type=\"checkbox\"\(state) disabled=\"\" /> "
    // The extension would write another box.
    _ = cmark_node_set_syntax_extension(node.pointer, nil)
    make.inline("<label class=\"\u{3}task\">\(box)").insert(before: first)
    words.append(make.inline("</label>"))
  }
}

extension Node {
  /// Whether it is an item of a list with a box before it.
  fileprivate var isTask: Bool { strcmp(cmark_node_get_type_string(pointer), "tasklist") == 0 }
}
