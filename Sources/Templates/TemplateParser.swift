import StoaModel

/// Parses a template's bytes into instructions, in one pass with an explicit stack of open tags.
struct TemplateParser {
  /// A tag that is not closed yet.
  private struct Open {
    enum Kind {
      case root
      case section(Template.Path, isInverted: Bool)
      case block(Name, indentation: [UInt8], isStandalone: Bool)
      case parent(String, indentation: [UInt8]?)
    }

    let kind: Kind
    let name: String
    let position: Template.Position
    var instructions: [Template.Instruction] = []
    var overrides: [Name: Template.Block] = [:]
  }

  /// Deeper than real templates nest, and small enough that checks and rendering cannot overflow the stack.
  private static let maximumDepth = 100

  private let source: [UInt8]
  private let file: String
  private var index = 0
  private var line = 1
  private var lineStart = 0
  private var openDelimiter = Array("{{".utf8)
  private var closeDelimiter = Array("}}".utf8)
  private var stack: [Open]
  /// Whether the current line has content before `index`, apart from white space.
  private var lineHasContent = false
  private var lineHasPlainTag = false
  private var lineHasInheritanceTag = false
  /// The start of text that is not yet an instruction.
  private var textStart = 0

  init(source: [UInt8], file: String) {
    self.source = source
    self.file = file
    stack = [Open(kind: .root, name: "", position: Template.Position(line: 1, column: 1))]
  }

  mutating func parse() throws(TemplateProblem) -> [Template.Instruction] {
    while index < source.count {
      if source[index] == UInt8(ascii: "\n") {
        index += 1
        beginLine()
      } else if starts(with: openDelimiter, at: index) {
        try parseTag()
      } else {
        if !isBlank(source[index]) { lineHasContent = true }
        index += 1
      }
    }
    flushText(upTo: source.count)
    guard let last = stack.last, stack.count == 1 else {
      let open = stack[stack.count - 1]
      throw problem("“\(open.name)” is opened here and never closed", at: open.position)
    }
    return last.instructions
  }

  // MARK: Tags

  private mutating func parseTag() throws(TemplateProblem) {
    let tagStart = index
    let position = self.position
    guard stack.count <= Self.maximumDepth else {
      throw problem("tags are open more than \(Self.maximumDepth) deep", at: position)
    }
    index += openDelimiter.count
    let sigil = index < source.count ? source[index] : 0
    let isTriple = sigil == UInt8(ascii: "{")
    let isDelimiterChange = sigil == UInt8(ascii: "=")
    var end = closeDelimiter
    if isTriple { end = [UInt8(ascii: "}")] + end }
    if isDelimiterChange { end = [UInt8(ascii: "=")] + end }
    let isSigil = "#^/>&!<$".utf8.contains(sigil) || isTriple || isDelimiterChange
    if isSigil { index += 1 }
    guard let contentEnd = find(end, from: index) else {
      throw problem("the tag that begins here does not end", at: position)
    }
    let content = trimmed(index..<contentEnd)
    index = contentEnd + end.count
    let tagEnd = index
    defer { countLines(in: tagStart..<tagEnd) }

    switch sigil {
    case UInt8(ascii: "!"):
      standalone(tagStart)
    case UInt8(ascii: "="):
      standalone(tagStart)
      try changeDelimiters(content, at: position)
    case UInt8(ascii: "{"), UInt8(ascii: "&"):
      try add(.variable(path(content, at: position), escapes: false, position), tagStart)
    case UInt8(ascii: "#"), UInt8(ascii: "^"):
      standalone(tagStart)
      let isInverted = sigil == UInt8(ascii: "^")
      push(.section(try path(content, at: position), isInverted: isInverted), content, position)
    case UInt8(ascii: ">"):
      let indentation = standalone(tagStart)
      append(
        .partial(
          .init(
            name: Name(try name(content, at: position)), indentation: indentation,
            position: position)))
    case UInt8(ascii: "<"):
      let indentation = inheritanceTag(tagStart)
      push(.parent(try name(content, at: position), indentation: indentation), content, position)
    case UInt8(ascii: "$"):
      let text = try name(content, at: position)
      let before = whiteSpaceBefore(tagStart)
      let standalone = blockStart(tagStart)
      push(
        .block(
          Name(text), indentation: standalone ?? before ?? [], isStandalone: standalone != nil),
        content, position)
    case UInt8(ascii: "/"):
      try close(try name(content, at: position), tagStart, position)
    default:
      try add(.variable(path(content, at: position), escapes: true, position), tagStart)
    }
  }

  private mutating func close(
    _ name: String, _ tagStart: Int, _ position: Template.Position
  ) throws(TemplateProblem) {
    guard let top = stack.last, stack.count > 1 else {
      throw problem("“\(name)” is closed here and was never opened", at: position)
    }
    guard top.name == name else {
      throw problem(
        "“\(name)” is closed here, but “\(top.name)” of line \(top.position.line) is open",
        at: position)
    }
    switch top.kind {
    case .root: break
    case .section(let path, let isInverted):
      standalone(tagStart)
      let body = stack.removeLast().instructions
      append(
        .section(
          .init(
            path: path, isInverted: isInverted, body: self.body(body), position: top.position)))
    case .block(let name, let indentation, let isStandalone):
      // A block that begins and ends on one line does not remove the line.
      if Int(top.position.line) == line {
        lineHasInheritanceTag = true
        flushText(upTo: tagStart)
        textStart = index
      } else {
        inheritanceTag(tagStart)
      }
      let body = stack.removeLast().instructions
      let block = Template.Block(
        name: name, body: self.body(body), indentation: indentation,
        ownIndentation: ownIndentation(of: body), isStandalone: isStandalone,
        position: top.position)
      if case .parent? = stack.last?.kind { stack[stack.count - 1].overrides[name] = block }
      append(.block(block))
    case .parent(let name, let indentation):
      inheritanceTag(tagStart)
      let overrides = stack.removeLast().overrides
      append(
        .parent(
          .init(
            partial: .init(name: Name(name), indentation: indentation, position: top.position),
            overrides: overrides)))
    }
  }

  /// The white space at the beginning of a block's first line.
  private func ownIndentation(of body: [Template.Instruction]) -> [UInt8] {
    switch body.first {
    case .text(let range, startsLine: true)?:
      return Array(source[range].prefix { $0 == 0x20 || $0 == 0x09 })
    case .block(let inner)?: return inner.isStandalone ? inner.indentation : []
    default: return []
    }
  }

  private mutating func changeDelimiters(
    _ content: Range<Int>, at position: Template.Position
  ) throws(TemplateProblem) {
    let parts = source[content].split { isBlank($0) || $0 == UInt8(ascii: "\n") }
    guard parts.count == 2, !parts.contains(where: { $0.contains(UInt8(ascii: "=")) }) else {
      throw problem("delimiters are two words without an equals sign", at: position)
    }
    openDelimiter = Array(parts[0])
    closeDelimiter = Array(parts[1])
  }

  // MARK: Instructions

  private func body(_ instructions: [Template.Instruction]) -> Template.Body {
    Template.Body(file: file, source: source, instructions: instructions)
  }

  private mutating func append(_ instruction: Template.Instruction) {
    stack[stack.count - 1].instructions.append(instruction)
  }

  /// Adds a tag that is replaced by content within its line.
  private mutating func add(_ instruction: Template.Instruction, _ tagStart: Int) {
    endText(at: tagStart)
    lineHasContent = true
    append(instruction)
  }

  private mutating func push(
    _ kind: Open.Kind, _ content: Range<Int>, _ position: Template.Position
  ) {
    let name = String(decoding: source[content], as: UTF8.self)
    stack.append(Open(kind: kind, name: name, position: position))
  }

  private mutating func flushText(upTo end: Int) {
    if textStart < end {
      let startsLine = textStart == 0 || source[textStart - 1] == UInt8(ascii: "\n")
      append(.text(textStart..<end, startsLine: startsLine))
    }
    textStart = end
  }

  /// Ends the text before a tag that does not remove its line.
  private mutating func endText(at tagStart: Int) {
    flushText(upTo: tagStart)
    if tagStart == lineStart { append(.lineStart) }
    textStart = index
  }

  // MARK: Lines

  private mutating func beginLine() {
    line += 1
    lineStart = index
    lineHasContent = false
    lineHasPlainTag = false
    lineHasInheritanceTag = false
  }

  private var position: Template.Position {
    Template.Position(line: Int32(clamping: line), column: Int32(clamping: index - lineStart + 1))
  }

  /// Counts the lines that a tag spans; comments often span several.
  private mutating func countLines(in tag: Range<Int>) {
    let feeds = tag.filter { source[$0] == UInt8(ascii: "\n") }
    guard let last = feeds.last else { return }
    line += feeds.count
    if lineStart <= tag.lowerBound { lineStart = last + 1 }
  }

  /// Handles a tag that removes its line if it is alone on it; returns the white space before such a tag.
  @discardableResult
  private mutating func standalone(_ tagStart: Int) -> [UInt8]? {
    let isFirst = !lineHasContent && !lineHasPlainTag && !lineHasInheritanceTag
    lineHasPlainTag = true
    guard isFirst, let next = endOfBlankLine(from: index) else {
      endText(at: tagStart)
      return nil
    }
    return removeLine(around: tagStart, next: next)
  }

  /// The same for tags of inheritance; several may share a line.
  @discardableResult
  private mutating func inheritanceTag(_ tagStart: Int) -> [UInt8]? {
    let isFirst = !lineHasContent && !lineHasPlainTag
    let before = isFirst ? whiteSpaceBefore(tagStart) : nil
    lineHasInheritanceTag = true
    guard isFirst else {
      endText(at: tagStart)
      return nil
    }
    if let next = endOfBlankLine(from: index) {
      return removeLine(around: tagStart, next: next) ?? before ?? []
    }
    guard starts(with: openDelimiter, at: index) else {
      endText(at: tagStart)
      return nil
    }
    // Another tag follows: the white space before this one is the line's indentation.
    dropText(before: tagStart)
    return before ?? []
  }

  /// A block's opening tag removes its line only if nothing follows it there.
  private mutating func blockStart(_ tagStart: Int) -> [UInt8]? {
    let isFirst = !lineHasContent && !lineHasPlainTag
    lineHasInheritanceTag = true
    guard isFirst, let next = endOfBlankLine(from: index) else {
      endText(at: tagStart)
      return nil
    }
    let before = whiteSpaceBefore(tagStart)
    return removeLine(around: tagStart, next: next) ?? before ?? []
  }

  /// The white space between the line's beginning and a tag, if nothing else is there.
  private func whiteSpaceBefore(_ tagStart: Int) -> [UInt8]? {
    let before = source[lineStart..<tagStart]
    return before.allSatisfy { $0 == 0x20 || $0 == 0x09 } ? Array(before) : nil
  }

  private mutating func dropText(before tagStart: Int) {
    let start = max(textStart, lineStart)
    if textStart < start { flushText(upTo: start) }
    textStart = index
  }

  private mutating func removeLine(around tagStart: Int, next: Int) -> [UInt8]? {
    let before = whiteSpaceBefore(tagStart)
    let start = max(textStart, lineStart)
    if textStart < start { flushText(upTo: start) }
    let endsLine = next > index
    index = next
    textStart = next
    if endsLine || next == source.count { beginLine() }
    return before
  }

  /// The index after the line feed (or the end), if only white space is left on the line.
  private func endOfBlankLine(from start: Int) -> Int? {
    var position = start
    while position < source.count {
      if source[position] == UInt8(ascii: "\n") { return position + 1 }
      guard isBlank(source[position]) else { return nil }
      position += 1
    }
    return position
  }

  // MARK: Bytes

  private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

  private func starts(with bytes: [UInt8], at start: Int) -> Bool {
    start + bytes.count <= source.count
      && source[start..<(start + bytes.count)].elementsEqual(bytes)
  }

  private func find(_ bytes: [UInt8], from start: Int) -> Int? {
    var position = start
    while position + bytes.count <= source.count {
      if starts(with: bytes, at: position) { return position }
      position += 1
    }
    return nil
  }

  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, isBlank(source[start]) || source[start] == UInt8(ascii: "\n") { start += 1 }
    while end > start, isBlank(source[end - 1]) || source[end - 1] == UInt8(ascii: "\n") {
      end -= 1
    }
    return start..<end
  }

  private func name(
    _ content: Range<Int>, at position: Template.Position
  ) throws(TemplateProblem) -> String {
    guard !content.isEmpty else { throw problem("the tag has no name", at: position) }
    return String(decoding: source[content], as: UTF8.self)
  }

  private func path(
    _ content: Range<Int>, at position: Template.Position
  ) throws(TemplateProblem) -> Template.Path {
    let text = try name(content, at: position)
    if text == "." { return [] }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.allSatisfy({ !$0.isEmpty && !$0.contains(" ") }) else {
      throw problem("“\(text)” is not a name", at: position)
    }
    return parts.map { Name(String($0)) }
  }

  private func problem(_ message: String, at position: Template.Position) -> TemplateProblem {
    TemplateProblem(
      diagnostic: Diagnostic(
        .templateSyntax,
        at: SourceLocation(file: file, line: Int(position.line), column: Int(position.column)),
        message))
  }
}
