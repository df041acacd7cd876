import CYAML

/// The state of parsing one document, with the open containers.
struct YAMLSession {
  /// A sequence or mapping that has not ended yet.
  private struct Container {
    let isMapping: Bool
    let line: Int
    let column: Int
    var items: [YAMLNode] = []
    var entries: [YAMLEntry] = []
    var key: YAMLNode?
  }

  private let source: UnsafeBufferPointer<UInt8>
  private let firstLine: Int
  private let dialect: YAMLReader.Dialect
  private var positions: YAMLPositions
  /// Few documents have one, and only then the ends of scalars are examined.
  private let hasNumberSign: Bool
  private var open: [Container] = []
  private var root: YAMLNode?
  /// The texts of anchors, in the foreign dialect.
  private var anchored: [String: String] = [:]

  init(source: UnsafeBufferPointer<UInt8>, firstLine: Int, dialect: YAMLReader.Dialect) {
    self.source = source
    self.firstLine = firstLine
    self.dialect = dialect
    positions = YAMLPositions(source: source)
    hasNumberSign = source.contains(UInt8(ascii: "#"))
  }

  mutating func read() -> Result<[YAMLEntry], YAMLProblem> {
    var parser = yaml_parser_t()
    guard yaml_parser_initialize(&parser) == 1 else {
      return .failure(problem(.syntax, "out of memory", line: 0, column: 0))
    }
    defer { yaml_parser_delete(&parser) }
    // The parser copies nothing: `source` outlives it.
    yaml_parser_set_input_string(&parser, source.baseAddress, source.count)
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
    do throws(YAMLProblem) {
      var documents = 0
      while true {
        var event = yaml_event_t()
        guard yaml_parser_parse(&parser, &event) == 1 else { throw syntaxProblem(of: parser) }
        defer { yaml_event_delete(&event) }
        if event.type == YAML_STREAM_END_EVENT { break }
        if event.type == YAML_DOCUMENT_START_EVENT {
          documents += 1
          try checkStart(event, isFirst: documents == 1)
        } else {
          try take(event)
        }
      }
    } catch {
      return .failure(error)
    }
    guard let root else { return .success([]) }
    guard let entries = root.mapping else {
      if root.scalar == "" { return .success([]) }
      return .failure(
        YAMLProblem(
          kind: .syntax, message: "expected keys and values", line: root.line, column: root.column))
    }
    return .success(entries)
  }

  private mutating func checkStart(_ event: yaml_event_t, isFirst: Bool) throws(YAMLProblem) {
    let start = event.data.document_start
    let hasDirective =
      start.version_directive != nil
      || start.tag_directives.start != start.tag_directives.end
    if hasDirective || !isFirst {
      throw problem(
        .forbidden, hasDirective ? "a YAML directive" : "a second YAML document",
        at: event.start_mark)
    }
  }

  private mutating func take(_ event: yaml_event_t) throws(YAMLProblem) {
    let mark = event.start_mark
    switch event.type {
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      try refuse(anchor: scalar.anchor, tag: scalar.tag, at: mark)
      let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
      var text = String(decoding: bytes, as: UTF8.self)
      if bytes.contains(where: { $0 < 0x20 && $0 != 0x09 && $0 != 0x0A }) {
        guard dialect == .foreign else {
          throw problem(.controlCharacter, "a control character", at: mark)
        }
        text = Self.withoutControls(text)
      }
      // All noncharacters begin with one of these bytes.
      if bytes.contains(where: { $0 >= 0xEF }) { text = Self.withoutNoncharacters(text) }
      if let tag = scalar.tag, Self.string(tag).hasSuffix("binary"),
        let decoded = Base64.decode(text)
      {
        text = String(decoding: decoded, as: UTF8.self)
      }
      if let anchor = scalar.anchor { anchored[Self.string(anchor)] = text }
      var node = node(.scalar(text), at: mark)
      if event.end_mark.line == mark.line {
        node.length = positions.place(of: Int(event.end_mark.index)).column + 1 - node.column
      }
      if scalar.style == YAML_PLAIN_SCALAR_STYLE {
        node.isPlain = true
        node.swallowsItem =
          event.end_mark.line > mark.line && text.utf8.contains(0x2D)
          && swallowsItem(from: mark, to: event.end_mark)
        if hasNumberSign { node.comment = comment(after: event.end_mark) }
      }
      try add(node)
    case YAML_SEQUENCE_START_EVENT:
      let start = event.data.sequence_start
      try refuse(anchor: start.anchor, tag: start.tag, at: mark)
      try openContainer(isMapping: false, at: mark)
    case YAML_MAPPING_START_EVENT:
      let start = event.data.mapping_start
      try refuse(anchor: start.anchor, tag: start.tag, at: mark)
      try openContainer(isMapping: true, at: mark)
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
      guard let closed = open.popLast() else { return }
      try add(
        YAMLNode(
          content: closed.isMapping ? .mapping(closed.entries) : .sequence(closed.items),
          line: closed.line, column: closed.column))
    case YAML_ALIAS_EVENT:
      guard dialect == .foreign else { throw problem(.forbidden, "a YAML alias", at: mark) }
      let text = anchored[Self.string(event.data.alias.anchor)] ?? ""
      try add(node(.scalar(text), at: mark))
    default:
      break
    }
  }

  private mutating func openContainer(isMapping: Bool, at mark: yaml_mark_t) throws(YAMLProblem) {
    guard open.count < YAMLReader.maximumDepth else {
      throw problem(
        .tooLarge, "YAML nested deeper than \(YAMLReader.maximumDepth) levels", at: mark)
    }
    let (line, column) = place(of: mark)
    open.append(Container(isMapping: isMapping, line: line, column: column))
  }

  private mutating func add(_ node: YAMLNode) throws(YAMLProblem) {
    guard let last = open.indices.last else {
      root = node
      return
    }
    guard open[last].isMapping else {
      open[last].items.append(node)
      return
    }
    guard let key = open[last].key else {
      open[last].key = node
      return
    }
    guard let name = key.scalar else {
      throw YAMLProblem(
        kind: .forbidden, message: "a key that is not plain text", line: key.line,
        column: key.column)
    }
    open[last].entries.append(
      YAMLEntry(
        key: name, keyLine: key.line, keyColumn: key.column, keyLength: key.length, value: node))
    open[last].key = nil
  }

  private mutating func refuse(
    anchor: UnsafeMutablePointer<UInt8>?, tag: UnsafeMutablePointer<UInt8>?, at mark: yaml_mark_t
  ) throws(YAMLProblem) {
    guard dialect == .plain else { return }
    if anchor != nil { throw problem(.forbidden, "a YAML anchor", at: mark) }
    if tag != nil { throw problem(.forbidden, "a YAML tag", at: mark) }
  }

  private static func string(_ bytes: UnsafeMutablePointer<UInt8>) -> String {
    String(cString: UnsafePointer(bytes))
  }

  /// A text with U+FFFD in place of every noncharacter: XML forbids some of them.
  private static func withoutNoncharacters(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: \.properties.isNoncharacterCodePoint) else {
      return text
    }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      result.append(scalar.properties.isNoncharacterCodePoint ? "\u{FFFD}" : scalar)
    }
    return String(result)
  }

  private static func withoutControls(_ text: String) -> String {
    var kept = ""
    for scalar in text.unicodeScalars {
      let isControl = scalar.value < 0x20 && scalar != "\t" && scalar != "\n" && scalar != "\r"
      kept.unicodeScalars.append(isControl ? "\u{FFFD}" : scalar)
    }
    return kept
  }

  private mutating func node(_ content: YAMLNode.Content, at mark: yaml_mark_t) -> YAMLNode {
    let (line, column) = place(of: mark)
    return YAMLNode(content: content, line: line, column: column)
  }

  /// Whether a line of a scalar, except its first, begins with `- `.
  private mutating func swallowsItem(from start: yaml_mark_t, to end: yaml_mark_t) -> Bool {
    let first = positions.offset(of: Int(start.index))
    let lines = source[first..<positions.offset(of: Int(end.index))].split(separator: 0x0A)
    return lines.dropFirst().contains { line in
      line.drop { $0 == 0x20 }.starts(with: [0x2D, 0x20])
    }
  }

  /// The rest of a line, if it is a comment.
  private mutating func comment(after mark: yaml_mark_t) -> String? {
    let rest = source[positions.offset(of: Int(mark.index))...]
    guard let start = rest.firstIndex(where: { $0 != 0x20 && $0 != 0x09 }),
      source[start] == UInt8(ascii: "#")
    else { return nil }
    let line = source[start...].prefix { $0 != 0x0A && $0 != 0x0D }
    return String(decoding: line, as: UTF8.self)
  }

  private mutating func place(of mark: yaml_mark_t) -> (line: Int, column: Int) {
    let (line, column) = positions.place(of: Int(mark.index))
    return (line + firstLine, column + 1)
  }

  private mutating func problem(
    _ kind: YAMLProblem.Kind, _ message: String, at mark: yaml_mark_t
  ) -> YAMLProblem {
    let (line, column) = place(of: mark)
    return YAMLProblem(kind: kind, message: message, line: line, column: column)
  }

  private func problem(
    _ kind: YAMLProblem.Kind, _ message: String, line: Int, column: Int
  ) -> YAMLProblem {
    YAMLProblem(kind: kind, message: message, line: line + firstLine, column: column + 1)
  }

  private mutating func syntaxProblem(of parser: yaml_parser_t) -> YAMLProblem {
    let message = parser.problem.map { String(cString: $0) } ?? "not YAML"
    // The reader's errors (such as a control character in the source) have an offset instead of a mark.
    let isReaderError = parser.error == YAML_READER_ERROR
    let mark = isReaderError ? parser.mark : Self.mark(of: parser)
    var problem = problem(isReaderError ? .controlCharacter : .syntax, message, at: mark)
    let offset = min(positions.offset(of: Int(mark.index)), source.count)
    let start = source[..<offset].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    problem.source = String(
      decoding: source[start...].prefix { $0 != 0x0A && $0 != 0x0D }, as: UTF8.self)
    return problem
  }

  /// The place to fix: an unclosed construct is detected at the end, but fixed where it begins.
  private static func mark(of parser: yaml_parser_t) -> yaml_mark_t {
    let isUnclosed =
      parser.context != nil
      && parser.problem.map { problem in
        let problem = String(cString: problem)
        return problem.hasSuffix("end of stream") || problem.hasPrefix("did not find expected ','")
      } ?? false
    return isUnclosed ? parser.context_mark : parser.problem_mark
  }
}
