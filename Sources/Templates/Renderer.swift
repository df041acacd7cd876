internal import StoaHTML
internal import StoaModel

/// Templates at work on one record.
internal struct Renderer {
  /// Deep enough for threads of 64 levels; a partial that includes itself without end stops here.
  internal static let maximumDepth = 100

  private let theme: Theme
  /// What `.` stands for.
  private var current: Value
  /// The records around the place that is rendered, the innermost last: where names are looked up.
  private var records: [Record] = []
  /// Their shapes, which `records` keeps: a name is looked up in many of them, and not a reference is counted for it.
  private var shapes: [Unmanaged<Shape>] = []
  /// What children give for parents' blocks, the outermost child first.
  private var overrides: [[Name: Program.Block]] = []
  private var depth = 0
  /// White space that each line of a partial begins with.
  private var indentation: [UInt8] = []
  /// White space that lines of a block lose, because it is their place in the file that gave it to them.
  private var stripped = 0
  /// Whether the next line's white space is there already.
  private var isIndented = false

  internal init(theme: Theme, context: Value) {
    self.theme = theme
    current = context
    if case .record(let record) = context { enter(record) }
  }

  internal mutating func render(_ program: Program, into buffer: inout ByteBuffer) throws {
    try program.steps.withUnsafeBufferPointer { steps in
      try program.source.withUnsafeBufferPointer { source in
        let row = Row(steps: steps, source: source, program: program)
        try render(steps.indices, of: row, into: &buffer)
      }
    }
  }

  /// A program whose steps and bytes are held for as long as it is rendered.
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
    current = value
    if case .record(let record) = value {
      enter(record)
      try render(range, of: row, into: &buffer)
      records.removeLast()
      shapes.removeLast()
    } else {
      try render(range, of: row, into: &buffer)
    }
    current = outer
  }

  private mutating func enter(_ record: Record) {
    records.append(record)
    shapes.append(.passUnretained(record.shape))
  }

  private mutating func render(_ place: Program.Block, into buffer: inout ByteBuffer) throws {
    guard let given = overrides.lazy.compactMap({ $0[place.name] }).first else {
      try render(place.program, into: &buffer)
      return
    }
    let outer = (indentation, stripped, isIndented)
    // A block alone on its line indents what fills it as it would indent its own content.
    let own =
      place.isStandalone && !place.ownIndentation.isEmpty ? place.ownIndentation : place.indentation
    indentation += own.dropFirst(stripped)
    stripped = given.ownIndentation.count
    isIndented = !place.isStandalone
    try render(given.program, into: &buffer)
    (indentation, stripped, isIndented) = outer
  }

  /// Renders another template in a tag's place.
  private mutating func render(
    _ partial: Template.Partial, in program: Program, into buffer: inout ByteBuffer
  ) throws {
    guard let next = theme.program(partial.name) else { return }
    guard depth < Self.maximumDepth else {
      let position = partial.position
      throw TemplateProblem(
        diagnostic: Diagnostic(
          .templateSyntax,
          at: SourceLocation(
            file: program.file, line: Int(position.line), column: Int(position.column)),
          "partials include each other more than \(Self.maximumDepth) deep"))
    }
    let outer = (indentation, stripped)
    depth += 1
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
    case .current: return current
    case .name(let name): return lookUp(name)
    case .names(let first, let second): return Self.value(of: second, in: lookUp(first))
    case .long(let number):
      let names = program.longPaths[number]
      return names.dropFirst().reduce(lookUp(names[0])) { Self.value(of: $1, in: $0) }
    }
  }

  /// The innermost value of a name.
  private func lookUp(_ name: Name) -> Value {
    var depth = shapes.count
    while depth > 0 {
      depth -= 1
      let position = shapes[depth]._withUnsafeGuaranteedRef { $0.position(of: name) }
      if let position { return records[depth].value(at: position) }
    }
    return .nothing
  }

  private static func value(of name: Name, in value: Value) -> Value {
    guard case .record(let record) = value, let position = record.shape.position(of: name) else {
      return .nothing
    }
    return record.value(at: position)
  }
}
