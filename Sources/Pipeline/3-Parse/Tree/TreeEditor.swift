import CMarkGFM
import StoaHTML
import StoaModel

/// One pass over a parsed document that replaces what later stages resolve (links, mentions, images, code) and collects what they
/// need (headings, summary, words).
///
/// cmark-gfm's iterator looks one step ahead, so a node with children is edited when it is left, and a leaf when it is entered;
/// nodes that are inserted before or instead of the current node are never visited.
struct TreeEditor {
  let text: MarkdownText
  let make: NodeFactory
  /// Nil when the document has none.
  let formulas: FormulaSyntax?
  /// Whether the document may contain a control byte, written or as a character reference.
  let mayHoldControls: Bool
  /// Whether the document contains a bar.
  let mayHoldTables: Bool
  var source: SourceLines

  var slots: [Slot] = []
  var headings: [Heading] = []
  var leadingTitle = ""
  var summary = ""
  var wordCount = 0
  var notices = TextNotices()
  /// The author's HTML so far; nil unless comments are sought.
  var pieces: HTMLPieces?

  /// The headings around the current block, the outermost first; only in responses.
  var openHeadings: [(typed: Int, shown: Int)] = []
  /// The heading that is the item's title.
  var title: Node?
  var identifiers = HeadingIdentifiers()
  /// The explicit anchor of the current heading.
  var chosenAnchor: String?
  /// The nodes of headings with former anchors, by the headings' index.
  var anchoredHeadings: [Int: Node] = [:]
  /// The text of every heading as typed; computed on first use.
  lazy var typedHeadings = MarkdownParser.headings(
    asTypedIn: text, source: source, memory: make.memory)
  var block = BlockText()
  var footnotes = Footnotes()
  /// For each block quote around the current node, whether it is an alert.
  var quotes: [Alert?] = []
  var openLink: OpenLink?
  var openImage: OpenImage?
  /// The raw HTML element around the current inlines whose text is not searched.
  var openElement: [UInt8]?
  /// Whether the current block contains raw HTML within its lines.
  var hasInlineHTML = false
  /// Whether the current inlines are the item's title, which is plain text.
  var isInTitle = false
  /// Remarks about tags that are removed before the sanitiser runs.
  var htmlRemarks = HTMLRemarks()
  /// The number of slots at the start of the current block.
  var slotsBeforeBlock = 0
  /// The first line of the current block.
  var line = 1
  /// The end of the last text, for nodes without a place in cmark-gfm.
  var reached = SourceLines.Place(line: 1, column: 1)
  /// The line ends of formulas in the current block.
  var missedLineEnds = MissedLineEnds()
  var depth = 0
  private var nodeCount = 0
  /// The iterator; nil before and after the pass.
  private(set) var iterator: OpaquePointer?
  /// A link that was made from a wikilink, and that the iterator visits next.
  var madeLink: (node: Node, slot: Int)?
  /// A text whose beginning was removed, and the number of removed bytes.
  var shiftedText: (node: Node, by: Int)?
  /// The open paragraph, if it is a quote of another text.
  var quotedParagraph: Node?
  /// The place of a `[[` in the current block that begins no wikilink.
  var unreadWikilink: SourceLines.Place?

  init(
    _ text: MarkdownText, source bytes: [UInt8], _ formulas: FormulaSyntax?,
    memory: UnsafeMutablePointer<cmark_mem>
  ) {
    self.text = text
    self.formulas = formulas
    make = NodeFactory(memory: memory)
    source = SourceLines(bytes)
    mayHoldControls = ControlBytes.mayAppear(in: bytes)
    mayHoldTables = bytes.hasAny { $0.equal(to: UInt8(ascii: "|")) }
  }

  /// Edits the tree under a document's node.
  mutating func edit(_ root: Node) throws(TextProblem) {
    if text.takesTitle { title = leadingHeading(of: root) }
    let iterator = cmark_iter_new(root.pointer)
    self.iterator = iterator
    defer {
      cmark_iter_free(iterator)
      self.iterator = nil
    }
    while true {
      let event = cmark_iter_next(iterator)
      if event == CMARK_EVENT_DONE { break }
      guard let node = Node(cmark_iter_get_node(iterator)) else { break }
      if event == CMARK_EVENT_ENTER {
        try enter(node)
      } else {
        leave(node)
      }
    }
    placeFootnotes(in: root)
    placeFormerAnchors()
  }

  private mutating func enter(_ node: Node) throws(TextProblem) {
    nodeCount += 1
    guard nodeCount <= MarkdownLimit.nodes,
      slots.count + headings.count <= MarkdownLimit.references
    else { throw TextProblem(.markdownTooComplex) }
    switch node.type {
    case CMARK_NODE_TEXT: meetText(node)
    case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK:
      appendPlain(CollectionOfOne(0x20))
      reached = SourceLines.Place(line: reached.line + 1, column: 1)
    case CMARK_NODE_CODE:
      if mayHoldControls { node.setLiteral(cleaned(node.literal)) }
      if let formula = formulas?.found(node) {
        meetFormula(node, formula)
      } else {
        appendPlain(node.literal)
      }
    case CMARK_NODE_HTML_INLINE: meetInlineHTML(node)
    case CMARK_NODE_HTML_BLOCK: meetBlockHTML(node)
    case CMARK_NODE_CODE_BLOCK: meetCodeBlock(node)
    case CMARK_NODE_THEMATIC_BREAK: break
    default: try enterContainer(node)
    }
  }

  private mutating func enterContainer(_ node: Node) throws(TextProblem) {
    depth += 1
    if node.isBlock {
      // Inserted nodes have no line.
      if node.line > 0 { line = node.line }
      missedLineEnds = MissedLineEnds()
      reached = SourceLines.Place(line: line, column: max(node.column, 1))
      slotsBeforeBlock = slots.count
      isInTitle = node == title
    }
    // The document node counts as a level.
    guard depth <= MarkdownLimit.nesting + 1 else {
      throw TextProblem(.nestedTooDeep, line: fileLine(line))
    }
    switch node.type {
    case CMARK_NODE_LINK: enterLink(node)
    case CMARK_NODE_IMAGE: enterImage(node)
    case CMARK_NODE_BLOCK_QUOTE: enterQuote(node)
    case CMARK_NODE_HEADING: enterHeading(node)
    case CMARK_NODE_PARAGRAPH: findFailedTable(in: node)
    default:
      if mayHoldTables, case let columns = node.tableColumns, columns > 0 {
        enterTable(node, columns: columns)
      }
    }
  }

  private mutating func leave(_ node: Node) {
    depth -= 1
    if hasInlineHTML, node.isBlock {
      hasInlineHTML = false
      node.append(make.inline(BodyMark.blockEnd))
    }
    switch node.type {
    case CMARK_NODE_STRONG: leaveStrong(node)
    case CMARK_NODE_LINK: leaveLink(node)
    case CMARK_NODE_IMAGE: leaveImage(node)
    case CMARK_NODE_FOOTNOTE_REFERENCE: leaveFootnoteReference(node)
    case CMARK_NODE_FOOTNOTE_DEFINITION: footnotes.definitions.append(node)
    case CMARK_NODE_BLOCK_QUOTE: leaveQuote(node)
    case CMARK_NODE_HEADING: leaveHeading(node)
    case CMARK_NODE_PARAGRAPH: leaveParagraph(node)
    case CMARK_NODE_ITEM: leaveItem(node)
    default: break
    }
    if node.isBlock { finishBlockText() }
  }

  /// Unwraps strong within strong: newer versions of cmark-gfm write it once, older ones twice.
  private func leaveStrong(_ node: Node) {
    guard node.parent?.type == CMARK_NODE_STRONG else { return }
    while let child = node.firstChild { child.insert(before: node) }
    node.unlink()
  }

  mutating func leaveParagraph(_ node: Node) {
    guard node != quotedParagraph else { return leaveQuotedParagraph(node) }
    guard summary.isEmpty, node.parent?.type == CMARK_NODE_DOCUMENT else { return }
    summary = block.collapsed
  }

  /// Sets the sentences of the current block's slots, and counts its words.
  mutating func finishBlockText() {
    openElement = nil
    unreadWikilink = nil
    footnotes.finishBlock()
    guard !block.isEmpty else { return }
    wordCount += WordCount.words(in: block.plain)
    for mark in block.marks where slots.indices.contains(mark.slot) {
      let slot = slots[mark.slot]
      slots[mark.slot] = Slot(
        slot.content, line: slot.line, column: slot.column,
        context: Sentence.around(mark.range, in: block.bytes))
    }
    block.clear()
  }

  /// Adds to the plain text of the current block, or to the alternative text of the current image.
  mutating func appendPlain(_ bytes: some Collection<UInt8>) {
    if openImage == nil {
      block.append(bytes)
    } else {
      openImage?.alternative.append(contentsOf: bytes)
    }
  }

  /// Adds a slot at a place in the document; the place is given in lines of the markdown, not of the file.
  mutating func addSlot(_ content: Slot.Content, at place: SourceLines.Place) -> Int {
    slots.append(Slot(content, line: fileLine(place.line), column: place.column))
    return slots.count - 1
  }

  /// Reports something at a place in the document; the place is given in lines of the markdown, not of the file.
  mutating func report(
    _ code: DiagnosticCode, at place: SourceLines.Place, _ message: String, _ suggestion: String
  ) {
    notices.add(
      TextNotice(
        code, line: fileLine(place.line), column: max(place.column, 1), message,
        suggestion: suggestion))
  }

  func fileLine(_ line: Int) -> Int { max(line, 1) + text.firstLine - 1 }

  /// A copy of cmark-gfm's bytes without control bytes that could be mistaken for body marks.
  func cleaned(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    mayHoldControls ? ControlBytes.replaced(in: bytes) : Array(bytes)
  }

  func cleanedText(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    String(decoding: cleaned(bytes), as: UTF8.self)
  }
}
