import StoaHTML
import StoaModel

/// The state of rendering with one value, which the caller keeps until the end, because it owns all data.
struct Renderer {
  /// Deep enough for threads of 64 levels; it stops an endless inclusion that the checker missed.
  static let maximumDepth = 100

  private let theme: Theme
  /// The value of `.`.
  private var current: Current
  /// The enclosing records, the innermost last, in which names are looked up.
  private var frames: [Frame] = []
  /// The blocks that children override, the outermost child first.
  private var overrides: [[Name: Program.Block]] = []
  private var depth = 0
  /// White space that each line of a partial begins with.
  private var indentation: [UInt8] = []
  /// White space that is removed from a block's lines, because it only indents them in their file.
  private var stripped = 0
  /// Whether the next line's white space is written already.
  private var isIndented = false

  init(theme: Theme, context: Value) {
    self.theme = theme
    if case .record(let record) = context {
      current = .record
      frames.append(Frame(record))
    } else {
      current = .value(context)
    }
  }

  /// A record with its table.
  ///
  /// Unowned, to avoid reference counting: names are looked up thousands of times for each page.
  private struct Frame {
    private let record: Unmanaged<Record>
    private let table: Unmanaged<FieldTable>

    init(_ record: Record) {
      self.record = .passUnretained(record)
      table = .passUnretained(record.table)
    }

    /// Nil when the record has no such field.
    func value(of name: Name) -> Value? {
      table._withUnsafeGuaranteedRef { $0.position(of: name) }
        .map { position in record._withUnsafeGuaranteedRef { $0.value(at: position) } }
    }
  }

  private enum Current {
    /// The innermost of `frames`.
    case record
    case value(Value)
  }

  mutating func render(_ program: Program, into buffer: inout ByteBuffer) throws {
    try program.steps.withUnsafeBufferPointer { steps in
      try program.source.withUnsafeBufferPointer { source in
        let row = Row(steps: steps, source: source, program: program)
        try render(steps.indices, of: row, into: &buffer)
      }
    }
  }

  /// A program whose steps and bytes are retained while it is rendered.
  private struct Row {
    let steps: UnsafeBufferPointer<Program.Step>
    let source: UnsafeBufferPointer<UInt8>
    let program: Program
  }

  private mutating func render(
    _ range: Range<Int>, of row: borrowing Row, into buffer: inout ByteBuffer
  ) throws {
    var index = range.lowerBound
    while index < range.upperBound {
      let step = row.steps[index]
      index += 1
      switch step {
      case .text(let range, let startsLine):
        if indentation.isEmpty, stripped == 0 {
          buffer.write(row.source, range)
        } else {
          writeLines(row.program.source[range], startsLine: startsLine, into: &buffer)
        }
      case .lineStart:
        if !isIndented { buffer.write(indentation) }
        isIndented = false
      case .variable(let path, let escapes):
        write(lookUp(path, row.program), escapes: escapes, into: &buffer)
      case .section(let path, let isInverted, let end):
        let value = lookUp(path, row.program)
        if isInverted {
          if !value.isTruthy { try render(index..<end, of: row, into: &buffer) }
        } else {
          try render(section: index..<end, of: row, on: value, into: &buffer)
        }
        index = end
      case .partial(let number):
        try render(row.program.partials[number], in: row.program, into: &buffer)
      case .parent(let number):
        let parent = row.program.parents[number]
        guard theme.program(parent.partial.name) != nil else { break }
        overrides.append(parent.overrides)
        defer { overrides.removeLast() }
        try render(parent.partial, in: row.program, into: &buffer)
      case .block(let number): try render(row.program.blocks[number], into: &buffer)
      }
    }
  }

  private mutating func render(
    section range: Range<Int>, of row: borrowing Row, on value: Value,
    into buffer: inout ByteBuffer
  ) throws {
    switch value {
    case .list(let items):
      for item in items { try render(range, of: row, on: item, into: &buffer) }
    case .flag(true), .html(.some): try render(range, of: row, into: &buffer)
    case .record, .text:
      if value.isTruthy { try render(range, of: row, on: value, into: &buffer) }
    case .nothing, .flag, .html: break
    }
  }

  private mutating func render(
    _ range: Range<Int>, of row: borrowing Row, on value: Value, into buffer: inout ByteBuffer
  ) throws {
    let outer = current
    if case .record(let record) = value {
      current = .record
      frames.append(Frame(record))
      try render(range, of: row, into: &buffer)
      frames.removeLast()
    } else {
      current = .value(value)
      try render(range, of: row, into: &buffer)
    }
    current = outer
  }

  private mutating func render(_ place: Program.Block, into buffer: inout ByteBuffer) throws {
    guard let given = overrides.lazy.compactMap({ $0[place.name] }).first else {
      try render(place.program, into: &buffer)
      return
    }
    let outer = (indentation, stripped, isIndented)
    // A block alone on its line indents its replacement as it would indent its own content.
    let own =
      place.isStandalone && !place.ownIndentation.isEmpty ? place.ownIndentation : place.indentation
    indentation += own.dropFirst(stripped)
    stripped = given.ownIndentation.count
    isIndented = !place.isStandalone
    try descend(given.program.file, given.position)
    try render(given.program, into: &buffer)
    depth -= 1
    (indentation, stripped, isIndented) = outer
  }

  /// Counts the depth of an included template or block.
  private mutating func descend(
    _ file: String, _ position: Template.Position
  ) throws(TemplateProblem) {
    guard depth < Self.maximumDepth else {
      throw TemplateProblem(
        diagnostic: Diagnostic(
          .partialCycle,
          at: SourceLocation(file: file, line: Int(position.line), column: Int(position.column)),
          "templates include each other more than \(Self.maximumDepth) deep"))
    }
    depth += 1
  }

  /// Renders another template in place of a tag.
  private mutating func render(
    _ partial: Template.Partial, in program: Program, into buffer: inout ByteBuffer
  ) throws {
    guard let next = theme.program(partial.name) else { return }
    let outer = (indentation, stripped)
    try descend(program.file, partial.position)
    if let indent = partial.indentation { indentation += indent.dropFirst(stripped) }
    stripped = 0
    isIndented = partial.indentation == nil
    try render(next, into: &buffer)
    depth -= 1
    isIndented = false
    (indentation, stripped) = outer
  }

  // MARK: Writing

  private mutating func writeLines(
    _ text: ArraySlice<UInt8>, startsLine: Bool, into buffer: inout ByteBuffer
  ) {
    var rest = text
    var isStart = startsLine
    while !rest.isEmpty {
      let end = rest.firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? rest.endIndex
      var line = rest[..<end]
      if isStart {
        if !isIndented { buffer.write(indentation) }
        isIndented = false
        var left = stripped
        while left > 0, line.first == 0x20 || line.first == 0x09 {
          line = line.dropFirst()
          left -= 1
        }
      }
      buffer.write(line)
      isStart = true
      rest = rest[end...]
    }
  }

  private func write(_ value: Value, escapes: Bool, into buffer: inout ByteBuffer) {
    switch value {
    case .text(let text): escapes ? buffer.writeEscaped(text) : buffer.write(text)
    case .html(let markup?):
      if escapes {
        var raw = ByteBuffer()
        markup.write(&raw)
        buffer.writeEscaped(String(decoding: raw.bytes, as: UTF8.self))
      } else {
        markup.write(&buffer)
      }
    case .nothing, .flag, .html, .list, .record: break
    }
  }

  // MARK: Looking up

  private func lookUp(_ path: Program.Path, _ program: Program) -> Value {
    switch path {
    case .current:
      // A record as a whole cannot be written, and a section over it is shown.
      if case .value(let value) = current { return value }
      return .flag(true)
    case .name(let name): return lookUp(name)
    case .names(let first, let second): return Self.value(of: second, in: lookUp(first))
    case .long(let number):
      let names = program.longPaths[number]
      return names.dropFirst().reduce(lookUp(names[0])) { Self.value(of: $1, in: $0) }
    }
  }

  /// The innermost value of a name.
  private func lookUp(_ name: Name) -> Value {
    var depth = frames.count
    while depth > 0 {
      depth -= 1
      if let value = frames[depth].value(of: name) { return value }
    }
    return .nothing
  }

  private static func value(of name: Name, in value: Value) -> Value {
    guard case .record(let record) = value, let position = record.table.position(of: name) else {
      return .nothing
    }
    return record.value(at: position)
  }
}
