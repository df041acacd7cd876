import CMarkGFM
import StoaHTML
package import StoaModel
import Synchronization

/// A parsed document, with its body and code in memory.
package struct ParsedText: Sendable {
  package let document: Document
  /// Nil when parsing succeeded; otherwise the document is empty.
  package let problem: TextProblem?
  /// Parts of the document that are not shown as the author may expect, in the order found.
  package let notices: [TextNotice]
  /// The ranges of the comments in the bytes of a document that was parsed for them; nil when they were not found.
  let comments: [Range<Int>]?

  init(
    document: Document, problem: TextProblem? = nil, notices: [TextNotice] = [],
    comments: [Range<Int>]? = nil
  ) {
    self.document = problem == nil ? document : .unread
    self.problem = problem
    self.notices = notices
    self.comments = comments
  }

  /// Whether there is anything to report about the document.
  var isReported: Bool { problem != nil || !notices.isEmpty }

  /// Everything to report about the document.
  func diagnostics(in file: String) -> [Diagnostic] {
    notices.map { $0.diagnostic(in: file) } + (problem.map { [$0.diagnostic(in: file)] } ?? [])
  }
}

/// Converts markdown into documents with cmark-gfm, one at a time.
///
/// While it parses, cmark-gfm changes one table of special characters for the whole process, so two documents must never be parsed
/// at the same time: workers are processes with one thread, and `parse` in a test takes a lock.
package enum MarkdownParser {
  private static let memory = Mutex(LibraryMemory())

  /// Parses one document in this process.
  package static func parse(_ text: MarkdownText) -> ParsedText {
    memory.withLock { $0.use { parse(text, memory: $0) } }
  }

  /// Parses one document with memory from the C library's malloc, which is never freed; only for tests.
  static func parseWithLibraryAllocator(_ text: MarkdownText) -> ParsedText {
    memory.withLock { _ in parse(text, memory: cmark_get_default_mem_allocator()) }
  }

  private static func parse(
    _ text: MarkdownText, memory: UnsafeMutablePointer<cmark_mem>
  ) -> ParsedText {
    do throws(TextProblem) {
      return try parsed(text, memory: memory)
    } catch {
      return ParsedText(document: Document(), problem: error)
    }
  }

  private static func parsed(
    _ text: MarkdownText, memory: UnsafeMutablePointer<cmark_mem>
  ) throws(TextProblem) -> ParsedText {
    let bytes = text.normalized
    let formulas = text.math ? FormulaSyntax(in: bytes, memory: memory) : nil
    // The tree refers to it.
    defer { withExtendedLifetime(formulas) {} }
    guard
      let root = tree(
        of: bytes, extensions: siteExtensions,
        options: siteOptions | (text.smartPunctuation ? CMARK_OPT_SMART : 0), formulas,
        memory: memory)
    else { throw TextProblem(.markdownTooComplex) }
    var editor = TreeEditor(text, source: bytes, formulas, memory: memory)
    if text.seeksComments { editor.pieces = HTMLPieces() }
    editor.reportConflicts(in: bytes, root)
    editor.treatMailAddresses(in: root)
    try editor.edit(root)
    let html = html(of: root, memory: memory)
    guard html.count <= MarkdownLimit.output(forInput: bytes.count) else {
      throw TextProblem(.markdownTooComplex)
    }
    var body = ByteBuffer(capacity: html.count)
    let sanitized = Sanitizer.sanitize(html, firstSlot: editor.slots.count, into: &body)
    guard body.count <= MarkdownLimit.output(forInput: bytes.count) else {
      throw TextProblem(.markdownTooComplex)
    }
    for remark in editor.htmlRemarks.all + sanitized.remarks { editor.report(remark) }
    let document = Document(
      body: .memory(body.bytes), slots: editor.slots + sanitized.references.map(Slot.init),
      headings: editor.headings, leadingTitle: editor.leadingTitle, summary: editor.summary,
      wordCount: editor.wordCount)
    return ParsedText(
      document: document, notices: editor.notices.all,
      comments: editor.pieces?.comments(in: sanitized, of: &editor.source))
  }

  /// cmark-gfm's own HTML of a document, including raw HTML, as in the examples of its specification; only for tests.
  static func unsanitised(
    _ bytes: [UInt8], extensions: [String], smartPunctuation: Bool = false, footnotes: Bool = false
  ) -> [UInt8] {
    let options =
      CMARK_OPT_UNSAFE | (smartPunctuation ? CMARK_OPT_SMART : 0)
      | (footnotes ? CMARK_OPT_FOOTNOTES : 0)
    return memory.withLock {
      $0.use { memory in
        guard
          let root = tree(of: bytes, extensions: extensions, options: options, memory: memory)
        else { return [] }
        return Array(html(of: root, memory: memory))
      }
    }
  }

  private static let siteExtensions = ["table", "strikethrough", "autolink", "tasklist"]
  /// With source positions, because without them cmark-gfm miscounts lines inside code and HTML.
  private static let siteOptions =
    CMARK_OPT_UNSAFE | CMARK_OPT_FOOTNOTES | CMARK_OPT_SOURCEPOS

  /// The text of a document's headings without smart punctuation, in order; this parses the document a second time.
  static func headings(
    asTypedIn text: MarkdownText, source: SourceLines, memory: UnsafeMutablePointer<cmark_mem>
  ) -> [String] {
    let plain = MarkdownText(
      text.kind, bytes: [], firstLine: text.firstLine, takesTitle: text.takesTitle, math: text.math)
    let bytes = source.bytes
    let formulas = text.math ? FormulaSyntax(in: bytes, memory: memory) : nil
    defer { withExtendedLifetime(formulas) {} }
    guard
      let root = tree(
        of: bytes, extensions: siteExtensions, options: siteOptions, formulas, memory: memory)
    else { return [] }
    var editor = TreeEditor(plain, source: bytes, formulas, memory: memory)
    guard (try? editor.edit(root)) != nil else { return [] }
    return editor.headings.map(\.text)
  }

  private static func tree(
    of bytes: [UInt8], extensions: [String], options: Int32, _ formulas: FormulaSyntax? = nil,
    memory: UnsafeMutablePointer<cmark_mem>
  ) -> Node? {
    cmark_gfm_core_extensions_ensure_registered()
    guard let parser = cmark_parser_new_with_mem(options, memory) else { return nil }
    // Before the tables, which leave a line in a paragraph to no other extension.
    if let formulas { cmark_parser_attach_syntax_extension(parser, formulas.extension) }
    for name in extensions {
      guard let found = cmark_find_syntax_extension(name) else { return nil }
      cmark_parser_attach_syntax_extension(parser, found)
    }
    bytes.withUnsafeBytes { raw in
      if let start = raw.baseAddress {
        cmark_parser_feed(parser, start.assumingMemoryBound(to: CChar.self), raw.count)
      }
    }
    return Node(cmark_parser_finish(parser))
  }

  private static func html(
    of root: Node, memory: UnsafeMutablePointer<cmark_mem>
  ) -> UnsafeBufferPointer<UInt8> {
    Node.bytes(cmark_render_html_with_mem(root.pointer, CMARK_OPT_UNSAFE, nil, memory))
  }
}

extension MarkdownText {
  /// The bytes as cmark-gfm gets them: with line feeds as line ends, and no noncharacters.
  var normalized: [UInt8] {
    Noncharacters.replaced(in: ControlBytes.withUnixLineEnds(bytes))
  }
}

extension Slot {
  /// A link or image of raw HTML.
  fileprivate init(_ reference: HTMLReference) {
    switch reference.kind {
    case .link:
      self.init(
        .link(address: reference.address, title: reference.title), line: reference.line, column: 1)
    case .image:
      self.init(
        .image(
          address: reference.address, alternative: reference.alternative, title: reference.title,
          width: reference.width, height: reference.height), line: reference.line, column: 1)
    }
  }
}
