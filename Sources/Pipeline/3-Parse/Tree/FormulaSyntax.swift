import CMarkGFM
import StoaModel

/// The formulas of one document, found by pandoc's rules: an extension of cmark-gfm, which asks it at every dollar sign.
///
/// cmark-gfm asks in the order of the text, and never within code or HTML. So a formula is found before the emphasis or link that
/// its signs could be, and code before a formula.
final class FormulaSyntax {
  struct Found {
    let form: FormulaForm
    /// The place of the first dollar sign; cmark-gfm's, so without the line ends of earlier formulas in the same block.
    let place: SourceLines.Place
    /// The number of line ends in it.
    fileprivate(set) var lineEnds = 0
    /// The surplus in cmark-gfm's columns after the formula, on its last line.
    fileprivate(set) var surplus = 0
    /// The line of the closing signs of a block.
    fileprivate var lastLine = 0

    fileprivate init(_ form: FormulaForm, at place: SourceLines.Place) {
      self.form = form
      self.place = place
    }
  }

  /// Owned by this object, which must live as long as the tree.
  let `extension`: OpaquePointer
  private let memory: UnsafeMutablePointer<cmark_mem>
  private var source: SourceLines
  private var formulas: [Found] = []

  /// Nil when the document has no dollar sign.
  init?(in bytes: [UInt8], memory: UnsafeMutablePointer<cmark_mem>) {
    guard bytes.hasAny({ $0.equal(to: Formula.sign) }),
      let made = cmark_syntax_extension_new("formula")
    else { return nil }
    `extension` = made
    self.memory = memory
    source = SourceLines(bytes)
    cmark_syntax_extension_set_private(made, Unmanaged.passUnretained(self).toOpaque(), nil)
    let sign = UnsafeMutableRawPointer(bitPattern: UInt(Formula.sign))
    cmark_syntax_extension_set_special_inline_chars(
      made, cmark_llist_append(cmark_get_default_mem_allocator(), nil, sign))
    cmark_syntax_extension_set_match_inline_func(made) { syntax, _, _, character, inlines in
      guard character == Formula.sign, let inlines else { return nil }
      return FormulaSyntax.of(syntax)?.readInline(inlines)?.pointer
    }
    cmark_syntax_extension_set_open_block_func(made) {
      syntax, indented, parser, parent, line, length in
      guard indented == 0, let parser, let parent, let line else { return nil }
      let bytes = UnsafeMutableBufferPointer(start: line, count: Int(length))
      return FormulaSyntax.of(syntax)?.openBlock(parser, parent, bytes)?.pointer
    }
    cmark_syntax_extension_set_match_block_func(made) { syntax, parser, _, _, block in
      guard let parser, let block, let found = FormulaSyntax.of(syntax)?.found(block) else {
        return 0
      }
      return Int(cmark_parser_get_line_number(parser)) <= found.lastLine ? 1 : 0
    }
  }

  deinit {
    cmark_syntax_extension_free(cmark_get_default_mem_allocator(), `extension`)
  }

  private static func of(_ syntax: OpaquePointer?) -> FormulaSyntax? {
    syntax.flatMap { cmark_syntax_extension_get_private($0) }
      .map { Unmanaged<FormulaSyntax>.fromOpaque($0).takeUnretainedValue() }
  }

  /// The formula that a node of code stands for; nil when it is code.
  func found(_ node: Node) -> Found? { found(node.pointer) }

  private func found(_ node: OpaquePointer) -> Found? {
    let number = cmark_node_get_user_data(node).map { Int(bitPattern: $0) } ?? 0
    return formulas.indices.contains(number - 1) ? formulas[number - 1] : nil
  }

  private func add(_ formula: Found, as node: Node) {
    formulas.append(formula)
    cmark_node_set_user_data(node.pointer, UnsafeMutableRawPointer(bitPattern: formulas.count))
  }

  // MARK: Within a line

  private func readInline(_ inlines: OpaquePointer) -> Node? {
    let start = Int(cmark_inline_parser_get_offset(inlines))
    // The text ends with a zero byte.
    let byte = { (index: Int) in cmark_inline_parser_peek_at(inlines, Int32(index)) }
    guard let formula = Formula(at: start, byte),
      let node = Node(cmark_node_new_with_mem(CMARK_NODE_CODE, memory))
    else { return nil }
    let tex = formula.tex.map(byte)
    node.setLiteral(tex)
    var entry = Found(
      formula.form,
      at: SourceLines.Place(
        line: Int(cmark_inline_parser_get_line(inlines)),
        column: Int(cmark_inline_parser_get_column(inlines))))
    if let last = tex.lastIndex(of: 0x0A) {
      entry.lineEnds = tex.count { $0 == 0x0A }
      entry.surplus = entry.place.column - start + formula.tex.lowerBound + last
    }
    add(entry, as: node)
    cmark_inline_parser_set_offset(inlines, Int32(formula.end))
    return node
  }

  // MARK: A block of its own

  private func openBlock(
    _ parser: OpaquePointer, _ parent: OpaquePointer, _ line: UnsafeMutableBufferPointer<UInt8>
  ) -> Node? {
    let start = Int(cmark_parser_get_first_nonspace(parser))
    guard start + 1 < line.count, line[start] == Formula.sign, line[start + 1] == Formula.sign
    else { return nil }
    let number = Int(cmark_parser_get_line_number(parser))
    let quotes = line[..<start].count { $0 == UInt8(ascii: ">") }
    guard let last = lastLine(ofBlockAt: number, after: start + 2, quotes: quotes),
      let node = Node(
        cmark_parser_add_child(parser, parent, CMARK_NODE_CODE_BLOCK, Int32(start + 1)))
    else { return nil }
    cmark_node_set_syntax_extension(node.pointer, `extension`)
    var entry = Found(.block, at: SourceLines.Place(line: number, column: start + 1))
    entry.lastLine = last
    add(entry, as: node)
    line.withMemoryRebound(to: CChar.self) { characters in
      let offset = Int(cmark_parser_get_offset(parser))
      cmark_parser_advance_offset(parser, characters.baseAddress, Int32(start + 2 - offset), 0)
    }
    return node
  }

  /// The line whose end is the next two dollar signs, with no empty line before; nil when there is none, or nothing between.
  private func lastLine(ofBlockAt first: Int, after start: Int, quotes: Int) -> Int? {
    var number = first
    var isEmpty = true
    while true {
      let all = source.line(number)
      let line =
        number == first ? all.dropFirst(start) : Self.withoutPrefix(all, quotes: quotes)
      let isBlank = line.allSatisfy { $0 == 0x20 || $0 == 0x09 }
      if number > first, isBlank { return nil }
      if let end = Self.signs(in: line) {
        isEmpty = isEmpty && line[..<end].allSatisfy { $0 == 0x20 || $0 == 0x09 }
        let isLast = line[(end + 2)...].allSatisfy { $0 == 0x20 || $0 == 0x09 }
        return isLast && !isEmpty ? number : nil
      }
      isEmpty = isEmpty && isBlank
      number += 1
      if number > source.count { return nil }
    }
  }

  private static func signs(in line: ArraySlice<UInt8>) -> Int? {
    var index = line.startIndex
    while let sign = line[index...].firstIndex(of: Formula.sign) {
      index = sign + 1
      if index < line.endIndex, line[index] == Formula.sign { return sign }
    }
    return nil
  }

  /// A line without the marks of the block quotes around it.
  private static func withoutPrefix(_ line: ArraySlice<UInt8>, quotes: Int) -> ArraySlice<UInt8> {
    var quotes = quotes
    return line.drop { byte in
      if byte == UInt8(ascii: ">"), quotes > 0 {
        quotes -= 1
        return true
      }
      return byte == 0x20 || byte == 0x09
    }
  }
}
