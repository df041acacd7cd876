import CMarkGFM
import StoaPlatform

/// A node of cmark-gfm's tree; it is valid until cmark-gfm's arena is reset.
struct Node: Equatable {
  let pointer: OpaquePointer

  init?(_ pointer: OpaquePointer?) {
    guard let pointer else { return nil }
    self.pointer = pointer
  }

  var type: cmark_node_type { cmark_node_get_type(pointer) }
  var isBlock: Bool {
    type.rawValue & UInt32(CMARK_NODE_TYPE_MASK) == UInt32(CMARK_NODE_TYPE_PRESENT)
  }

  var parent: Node? { Node(cmark_node_parent(pointer)) }
  var previous: Node? { Node(cmark_node_previous(pointer)) }
  var next: Node? { Node(cmark_node_next(pointer)) }
  var firstChild: Node? { Node(cmark_node_first_child(pointer)) }
  var lastChild: Node? { Node(cmark_node_last_child(pointer)) }

  /// 1 to 6; 0 if it is no heading.
  var headingLevel: Int { Int(cmark_node_get_heading_level(pointer)) }

  /// From 1; 0 if cmark-gfm has none.
  var line: Int { Int(cmark_node_get_start_line(pointer)) }
  /// From 1 in bytes; on continued lines it may be too small by what cmark-gfm removed before the text.
  var column: Int { Int(cmark_node_get_start_column(pointer)) }

  /// The line of its last byte.
  var endLine: Int { Int(cmark_node_get_end_line(pointer)) }
  /// Whether it ends a line within a paragraph.
  var isLineEnd: Bool { type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK }
  /// 0 if it is no table.
  var tableColumns: Int { Int(cmark_gfm_extensions_get_table_columns(pointer)) }

  /// The content of a text, code or raw HTML node; valid until the node changes.
  var literal: UnsafeBufferPointer<UInt8> { Self.bytes(cmark_node_get_literal(pointer)) }
  var address: UnsafeBufferPointer<UInt8> { Self.bytes(cmark_node_get_url(pointer)) }
  var title: UnsafeBufferPointer<UInt8> { Self.bytes(cmark_node_get_title(pointer)) }
  var fenceInfo: UnsafeBufferPointer<UInt8> { Self.bytes(cmark_node_get_fence_info(pointer)) }

  /// The bytes of a C string of cmark-gfm, without the zero at its end; empty for a null pointer.
  static func bytes(_ text: UnsafePointer<CChar>?) -> UnsafeBufferPointer<UInt8> {
    guard let text else { return UnsafeBufferPointer(start: nil, count: 0) }
    return UnsafeBufferPointer(
      start: UnsafeRawPointer(text).assumingMemoryBound(to: UInt8.self), count: strlen(text))
  }

  func setLiteral(_ bytes: [UInt8]) {
    Self.withText(bytes) { _ = cmark_node_set_literal(pointer, $0) }
  }

  func setTitle(_ bytes: [UInt8]) {
    Self.withText(bytes) { _ = cmark_node_set_title(pointer, $0) }
  }

  func setFenceInfo(_ bytes: [UInt8]) {
    Self.withText(bytes) { _ = cmark_node_set_fence_info(pointer, $0) }
  }

  func insert(before sibling: Node) {
    _ = cmark_node_insert_before(sibling.pointer, pointer)
  }

  func insert(after sibling: Node) {
    _ = cmark_node_insert_after(sibling.pointer, pointer)
  }

  func append(_ child: Node) {
    _ = cmark_node_append_child(pointer, child.pointer)
  }

  func unlink() {
    cmark_node_unlink(pointer)
  }

  /// Moves this node's children to the end of another's.
  func moveChildren(to other: Node) {
    while let child = firstChild { other.append(child) }
  }

  static func withText(_ bytes: [UInt8], _ body: (UnsafePointer<CChar>) -> Void) {
    var terminated = bytes
    terminated.append(0)
    terminated.withUnsafeBytes { raw in
      if let start = raw.baseAddress { body(start.assumingMemoryBound(to: CChar.self)) }
    }
  }
}
