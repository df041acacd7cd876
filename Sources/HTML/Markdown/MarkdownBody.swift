import StoaModel

extension MarkdownWriter {
  /// Appends a body as feeds have it: HTML without slots.
  package mutating func body(_ html: [UInt8]) {
    html.withUnsafeBufferPointer { html in
      let body = MarkdownBody(html)
      body.write(HTMLTree(html).nodes, [], into: &self)
    }
  }
}

/// Reads a body's HTML and writes its blocks as CommonMark.
///
/// It calls itself for what is nested, which the sanitiser and the limits of Parse bound.
struct MarkdownBody {
  typealias Node = HTMLTree.Node

  let html: UnsafeBufferPointer<UInt8>

  init(_ html: UnsafeBufferPointer<UInt8>) { self.html = html }

  /// Appends blocks; words between them are paragraphs.
  ///
  /// - Parameter around: elements within a line that have these blocks in them, the outermost first.
  func write(_ nodes: [Node], _ around: [Node], into writer: inout MarkdownWriter) {
    var run: [Node] = []
    for node in nodes {
      if node.hasBlock {
        writeRun(&run, around, into: &writer)
        write(node, around, into: &writer)
      } else {
        run.append(node)
      }
    }
    writeRun(&run, around, into: &writer)
  }

  private func writeRun(
    _ run: inout [Node], _ around: [Node], into writer: inout MarkdownWriter
  ) {
    if !run.isEmpty { writer.paragraph(line(of: run, around)) }
    run.removeAll(keepingCapacity: true)
  }

  private func write(_ node: Node, _ around: [Node], into writer: inout MarkdownWriter) {
    switch node.name {
    case "h1", "h2", "h3", "h4", "h5", "h6":
      guard !hasBlocks(node) else { return write(node.children, around, into: &writer) }
      // The first level is the page's title.
      let level = max(2, Int(html[node.range.lowerBound + 2] - UInt8(ascii: "0")))
      writer.heading(level, line(of: node.children, around))
    case "hr": writer.rule()
    case "blockquote": writer.quote { write(node.children, around, into: &$0) }
    case "pre": writer.code(text(of: node), language: language(of: node))
    case "ul", "ol": list(node, around, into: &writer)
    case "li": write(node.children, around, into: &writer)
    case "dd":
      let marker = writer.marker(isOrdered: false)
      writer.item(marker, followsTightly: false) { write(node.children, around, into: &$0) }
      writer.endList(marker)
    case "table": table(node, around, into: &writer)
    case "summary" where !hasBlocks(node): writer.paragraph(title(of: node))
    case "figcaption" where !hasBlocks(node):
      var caption = MarkdownLine()
      caption.text("— ")
      if node.hasClass("dots", in: html) {
        addDotted(node.children, to: &caption)
      } else {
        add(node.children, to: &caption)
      }
      writer.paragraph(caption)
    case "div" where node.hasClass("footnotes", in: html): footnotes(node, into: &writer)
    case "div" where node.hasClass("alert", in: html),
      "details" where node.hasClass("alert", in: html):
      writer.quote { alert(node.children, around, into: &$0) }
    case "p", "div", "dl", "dt", "section", "details", "summary", "figure", "figcaption",
      "caption", "thead", "tbody", "tfoot", "tr", "td", "th":
      write(node.children, around, into: &writer)
    default:
      // An inline element with blocks in it.
      write(node.children, around + [node], into: &writer)
    }
  }

  private func hasBlocks(_ node: Node) -> Bool { node.children.contains(where: \.hasBlock) }

  private func title(of node: Node) -> MarkdownLine {
    var line = MarkdownLine()
    line.open(.strong)
    add(node.children, to: &line)
    line.close(.strong)
    return line
  }

  private func alert(
    _ nodes: [Node], _ around: [Node], into writer: inout MarkdownWriter
  ) {
    for node in nodes where !isSpace(node) {
      if node.hasClass("alert-title", in: html), !hasBlocks(node) {
        writer.paragraph(title(of: node))
      } else {
        write([node], around, into: &writer)
      }
    }
  }

  /// Writes footnotes, each after its number.
  private func footnotes(_ node: Node, into writer: inout MarkdownWriter) {
    let list = node.children.first { $0.name == "ol" }
    let items = list?.children.filter { $0.name == "li" } ?? []
    for (index, item) in items.enumerated() {
      let number = MarkdownBody.mark(of: String(index + 1))
      guard let first = item.children.firstIndex(where: { !isSpace($0) }) else { continue }
      let begins = item.children[first]
      var line = MarkdownLine()
      line.text(number)
      line.space()
      if begins.name == "p", !hasBlocks(begins) {
        add(begins.children, to: &line)
        writer.paragraph(line)
        write(Array(item.children[(first + 1)...]), [], into: &writer)
      } else {
        writer.paragraph(line)
        write(Array(item.children[first...]), [], into: &writer)
      }
    }
  }

  /// The form of a footnote's number in text.
  static func mark(of number: String) -> String { "[\(number)]" }

  // MARK: Lists

  private func list(_ node: Node, _ around: [Node], into writer: inout MarkdownWriter) {
    let items = node.children.filter { !isSpace($0) }
    let isOrdered = node.name == "ol"
    let isLoose = items.contains { $0.children.contains { $0.name == "p" } }
    let isReversed = node.attribute("reversed", in: html) != nil
    let start = node.attribute("start", in: html).flatMap { Int($0) }
    var number = start ?? (isReversed ? items.count : 1)
    let marker = writer.marker(isOrdered: isOrdered)
    for (index, item) in items.enumerated() {
      writer.item(
        marker, number: isOrdered ? number : nil, followsTightly: index > 0 && !isLoose
      ) { writer in
        let parts = item.name == "li" ? item.children : [item]
        if isLoose {
          write(parts, around, into: &writer)
        } else {
          writeTightly(parts, around, into: &writer)
        }
      }
      number += isReversed ? -1 : 1
    }
    writer.endList(marker)
  }

  /// A list within an item follows the item's words directly.
  private func writeTightly(
    _ nodes: [Node], _ around: [Node], into writer: inout MarkdownWriter
  ) {
    let lists = nodes.firstIndex { $0.name == "ul" || $0.name == "ol" } ?? nodes.count
    write(Array(nodes[..<lists]), around, into: &writer)
    // A list that begins with another number does not end a paragraph.
    let isWords = !nodes[..<lists].contains(where: \.hasBlock)
    if lists < nodes.count, isWords, nodes[lists].attribute("start", in: html) == nil,
      nodes[lists].attribute("reversed", in: html) == nil
    {
      writer.join()
    }
    write(Array(nodes[lists...]), around, into: &writer)
  }

  // MARK: Tables

  private func table(_ node: Node, _ around: [Node], into writer: inout MarkdownWriter) {
    var rows: [(cells: [Node], isHead: Bool)] = []
    for part in node.children {
      switch part.name {
      case "caption": write([part], around, into: &writer)
      case "tr": rows.append((cells(of: part), false))
      case "thead", "tbody", "tfoot":
        for row in part.children where row.name == "tr" {
          rows.append((cells(of: row), part.name == "thead"))
        }
      default: if !isSpace(part) { write([part], around, into: &writer) }
      }
    }
    rows.removeAll { $0.cells.isEmpty }
    guard let first = rows.first else { return }
    let isGrid = rows.allSatisfy { row in
      row.cells.allSatisfy { cell in
        !hasBlocks(cell) && cell.attribute("colspan", in: html) == nil
          && cell.attribute("rowspan", in: html) == nil
      }
    }
    guard isGrid else { return write(rows.map(\.cells), around, into: &writer) }
    let width = rows.map(\.cells.count).max() ?? 1
    let hasHead = first.isHead || first.cells.allSatisfy { $0.name == "th" }
    let lines = rows.map { row in
      row.cells.map { line(of: $0.children, around) }
        + [MarkdownLine](repeating: MarkdownLine(), count: width - row.cells.count)
    }
    writer.table(
      head: hasHead ? lines[0] : [MarkdownLine](repeating: MarkdownLine(), count: width),
      alignments: first.cells.map { alignment(of: $0) }
        + [MarkdownAlignment](repeating: .none, count: width - first.cells.count),
      rows: hasHead ? Array(lines.dropFirst()) : lines)
  }

  private func cells(of row: Node) -> [Node] {
    row.children.filter { $0.name == "td" || $0.name == "th" }
  }

  private func alignment(of cell: Node) -> MarkdownAlignment {
    let name = cell.attribute("class", in: html)?.split(separator: "-").last ?? ""
    return MarkdownAlignment(rawValue: String(name)) ?? .none
  }

  /// A table that is not a simple grid: each row is an item, with an item for each cell.
  private func write(
    _ rows: [[Node]], _ around: [Node], into writer: inout MarkdownWriter
  ) {
    let marker = writer.marker(isOrdered: false)
    for (index, cells) in rows.enumerated() {
      writer.item(marker, followsTightly: index > 0) { writer in
        let inner = writer.marker(isOrdered: false)
        for (index, cell) in cells.enumerated() {
          writer.item(inner, followsTightly: index > 0) {
            write(cell.children, around, into: &$0)
          }
        }
        writer.endList(inner)
      }
    }
    writer.endList(marker)
  }

  private func isSpace(_ node: Node) -> Bool {
    node.isText && html[node.range].allSatisfy(ASCII.isSpace)
  }

  // MARK: Code

  /// The words of preformatted text, without markup.
  private func text(of node: Node) -> [UInt8] {
    if node.isText {
      return Array(
        CharacterReference.decoded(html, in: node.range).utf8)
    }
    if node.name == "br" { return [0x0A] }
    if node.name == "img" { return Array((node.attribute("alt", in: html) ?? "").utf8) }
    return node.children.flatMap { text(of: $0) }
  }

  private func language(of node: Node) -> String {
    let code = node.children.first { !isSpace($0) }
    guard code?.name == "code", let name = code?.attribute("class", in: html),
      name.hasPrefix("language-")
    else { return "" }
    return String(name.dropFirst("language-".count))
  }
}
