import StoaModel

/// The place of the bodies and code of an answer: in the frame, or in the worker's file.
enum BodyPlace {
  case frame
  case file
}

/// The bodies and code that are written into a file before the records that refer to them.
struct BodySpill {
  /// The offset in the file at which the collected bytes will begin.
  private(set) var offset: Int
  private(set) var bytes: [UInt8] = []

  /// - Parameter offset: the place of the first body; by default, its place in a worker's file.
  init(offset: Int = WorkerProgress.size) {
    self.offset = offset
  }

  mutating func append(_ data: [UInt8]) -> Int {
    defer { bytes += data }
    return offset + bytes.count
  }

  /// Call this after the collected bytes are written.
  mutating func clear() {
    offset += bytes.count
    bytes.removeAll(keepingCapacity: true)
  }
}

extension FrameWriter {
  mutating func write(_ parsed: ParsedText, place: BodyPlace, spill: inout BodySpill) {
    write(parsed.problem?.code.rawValue ?? "")
    write(parsed.problem?.line ?? 0)
    write(parsed.notices.count)
    for notice in parsed.notices { write(notice) }
    let document = parsed.document
    write(document.body, place: place, spill: &spill)
    write(document.leadingTitle)
    write(document.summary)
    write(document.wordCount)
    write(document.headings.count)
    for heading in document.headings {
      write(heading.level)
      write(heading.id)
      write(heading.text)
      write(heading.line)
      write(heading.formerIDs.count)
      for id in heading.formerIDs { write(id) }
    }
    write(document.slots.count)
    for slot in document.slots { write(slot, place: place, spill: &spill) }
  }

  private mutating func write(_ notice: TextNotice) {
    write(notice.code.rawValue)
    write(notice.line)
    write(notice.column)
    write(notice.message)
    write(notice.suggestion)
  }

  private mutating func write(_ stored: StoredBytes, place: BodyPlace, spill: inout BodySpill) {
    guard case .memory(let bytes) = stored else { return }
    switch place {
    case .frame: write(bytes)
    case .file:
      write(spill.append(bytes))
      write(bytes.count)
    }
  }

  private mutating func write(_ slot: Slot, place: BodyPlace, spill: inout BodySpill) {
    write(slot.line)
    write(slot.column)
    write(slot.context)
    switch slot.content {
    case .link(let address, let title):
      write(0)
      write(address)
      write(title)
    case .wikilink(let target, let hasLabel):
      write(1)
      write(target)
      write(hasLabel)
    case .mention(let handle):
      write(2)
      write(handle)
    case .image(let address, let alternative, let title, let width, let height):
      write(3)
      write(address)
      write(alternative)
      write(title)
      write(width ?? -1)
      write(height ?? -1)
    case .code(let language, let text):
      write(4)
      write(language)
      write(text, place: place, spill: &spill)
    case .word(let key):
      write(5)
      write(key)
    case .backLink(let anchor, let label):
      write(6)
      write(anchor)
      write(label)
    case .embed(let file, let alternative, let width, let height):
      write(7)
      write(file)
      write(alternative)
      write(width ?? -1)
      write(height ?? -1)
    case .quote(let target, let label):
      write(8)
      write(target)
      write(label)
    case .formula(let source, let form):
      write(9)
      write(source, place: place, spill: &spill)
      write(Int(form.rawValue))
    case .diagram(let source):
      write(10)
      write(source, place: place, spill: &spill)
    }
  }
}

extension FrameReader {
  /// Reads an answer whose bodies are in the frame, or in the file when there is one.
  ///
  /// - Parameter identity: that of the document, where it is known.
  mutating func parsedText(
    in file: HeldFile?, identity: SHA256.Digest? = nil
  ) throws(FrameError) -> ParsedText {
    let code = try text()
    let line = try number()
    var notices: [TextNotice] = []
    for _ in 0..<max(try number(), 0) { notices.append(try notice()) }
    let body = try stored(in: file)
    let leadingTitle = try text()
    let summary = try text()
    let wordCount = try number()
    var headings: [Heading] = []
    for _ in 0..<max(try number(), 0) {
      headings.append(try heading())
    }
    var slots: [Slot] = []
    for _ in 0..<max(try number(), 0) { slots.append(try slot(in: file)) }
    let document = Document(
      body: body, slots: slots, headings: headings, leadingTitle: leadingTitle, summary: summary,
      wordCount: wordCount, identity: identity)
    guard !code.isEmpty else { return ParsedText(document: document, notices: notices) }
    guard let code = DiagnosticCode(rawValue: code) else { throw FrameError() }
    return ParsedText(document: document, problem: TextProblem(code, line: line), notices: notices)
  }

  private mutating func heading() throws(FrameError) -> Heading {
    let (level, id, words, line) = (try number(), try text(), try text(), try number())
    var formerIDs: [String] = []
    for _ in 0..<max(try number(), 0) { formerIDs.append(try text()) }
    return Heading(level: level, id: id, text: words, line: line, formerIDs: formerIDs)
  }

  private mutating func notice() throws(FrameError) -> TextNotice {
    guard let code = DiagnosticCode(rawValue: try text()) else { throw FrameError() }
    return TextNotice(
      code, line: try number(), column: try number(), try text(), suggestion: try text())
  }

  private mutating func stored(in file: HeldFile?) throws(FrameError) -> StoredBytes {
    guard let file else { return .memory(Array(try data())) }
    let offset = try number()
    let count = try number()
    guard offset >= 0, count >= 0 else { throw FrameError() }
    return .file(file, offset: offset, count: count)
  }

  private mutating func slot(in file: HeldFile?) throws(FrameError) -> Slot {
    let line = try number()
    let column = try number()
    let context = try text()
    return Slot(try content(in: file), line: line, column: column, context: context)
  }

  private mutating func content(in file: HeldFile?) throws(FrameError) -> Slot.Content {
    switch try number() {
    case 0: .link(address: try text(), title: try text())
    case 1: .wikilink(target: try text(), hasLabel: try flag())
    case 2: .mention(handle: try text())
    case 3:
      .image(
        address: try text(), alternative: try text(), title: try text(), width: try size(),
        height: try size())
    case 4: .code(language: try text(), text: try stored(in: file))
    case 5: .word(key: try text())
    case 6: .backLink(anchor: try text(), label: try text())
    case 7:
      .embed(file: try text(), alternative: try text(), width: try size(), height: try size())
    case 8: .quote(target: try text(), label: try text())
    case 9: .formula(source: try stored(in: file), form: try form())
    case 10: .diagram(source: try stored(in: file))
    default: throw FrameError()
    }
  }

  private mutating func form() throws(FrameError) -> FormulaForm {
    guard let form = FormulaForm(rawValue: UInt8(truncatingIfNeeded: try number())) else {
      throw FrameError()
    }
    return form
  }

  private mutating func size() throws(FrameError) -> Int? {
    let size = try number()
    return size < 0 ? nil : size
  }
}
