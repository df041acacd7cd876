package import StoaHTML
internal import StoaModel

/// A set of templates that include and inherit each other by name.
package struct Theme: Sendable {
  internal let templates: [String: Template]

  /// - Parameter templates: by name, which is the file's without `.mustache`.
  package init(_ templates: [String: Template]) {
    self.templates = templates
  }

  /// Renders a template for a record, appending to `buffer`.
  package func render(_ name: String, _ record: Record, into buffer: inout ByteBuffer) throws {
    guard let template = templates[name] else { return }
    var renderer = Renderer(theme: self, context: .record(record))
    try renderer.render(template.instructions, of: template.source, template.file, into: &buffer)
  }
}

/// Templates at work on one record.
internal struct Renderer {
  /// Deep enough for threads of 64 levels; a partial that includes itself without end stops here.
  internal static let maximumDepth = 100

  private let theme: Theme
  private var context: [Value]
  /// What children give for parents' blocks, the outermost child first.
  private var overrides: [[Name: Template.Block]] = []
  private var depth = 0
  /// White space that each line of a partial begins with.
  private var indentation: [UInt8] = []
  /// White space that lines of a block lose, because it is their place in the file that gave it to them.
  private var stripped = 0
  /// Whether the next line's white space is there already.
  private var isIndented = false

  internal init(theme: Theme, context: Value) {
    self.theme = theme
    self.context = [context]
  }

  internal mutating func render(
    _ instructions: [Template.Instruction], of source: [UInt8], _ file: String,
    into buffer: inout ByteBuffer
  ) throws {
    for instruction in instructions {
      switch instruction {
      case .text(let range, let startsLine):
        if indentation.isEmpty, stripped == 0 {
          buffer.write(source[range])
        } else {
          writeLines(source[range], startsLine: startsLine, into: &buffer)
        }
      case .lineStart:
        if !isIndented { buffer.write(indentation) }
        isIndented = false
      case .variable(let path, let escapes, _):
        write(lookUp(path), escapes: escapes, into: &buffer)
      case .section(let path, let isInverted, let body, _):
        try renderSection(lookUp(path), isInverted, body, of: source, file, into: &buffer)
      case .partial(let name, let indent, let position):
        guard let template = theme.templates[name] else { break }
        try nested(in: file, position, indent: indent) { renderer in
          try renderer.render(
            template.instructions, of: template.source, template.file, into: &buffer)
        }
      case .parent(let name, let given, let indent, let position):
        guard let template = theme.templates[name] else { break }
        overrides.append(given)
        defer { overrides.removeLast() }
        try nested(in: file, position, indent: indent) { renderer in
          try renderer.render(
            template.instructions, of: template.source, template.file, into: &buffer)
        }
      case .block(let name, let body, _):
        try renderBlock(name, body, into: &buffer)
      }
    }
  }

  private mutating func renderSection(
    _ value: Value, _ isInverted: Bool, _ body: [Template.Instruction], of source: [UInt8],
    _ file: String, into buffer: inout ByteBuffer
  ) throws {
    if isInverted {
      if !value.isTruthy { try render(body, of: source, file, into: &buffer) }
      return
    }
    switch value {
    case .list(let items):
      for item in items {
        context.append(item)
        try render(body, of: source, file, into: &buffer)
        context.removeLast()
      }
    case .flag(true), .html(.some):
      try render(body, of: source, file, into: &buffer)
    case .record, .text:
      guard value.isTruthy else { return }
      context.append(value)
      try render(body, of: source, file, into: &buffer)
      context.removeLast()
    case .nothing, .flag, .html: break
    }
  }

  private mutating func renderBlock(
    _ name: Name, _ site: Template.Block, into buffer: inout ByteBuffer
  ) throws {
    guard let given = overrides.lazy.compactMap({ $0[name] }).first else {
      try render(site.body, of: site.source, site.file, into: &buffer)
      return
    }
    let outer = (indentation, stripped, isIndented)
    // A block alone on its line indents what fills it as it would indent its own content.
    let own =
      site.isStandalone && !site.ownIndentation.isEmpty ? site.ownIndentation : site.indentation
    indentation += own.dropFirst(stripped)
    stripped = given.ownIndentation.count
    isIndented = !site.isStandalone
    try render(given.body, of: given.source, given.file, into: &buffer)
    (indentation, stripped, isIndented) = outer
  }

  private mutating func nested(
    in file: String, _ position: Template.Position, indent: [UInt8]?,
    _ work: (inout Renderer) throws -> Void
  ) throws {
    guard depth < Self.maximumDepth else {
      throw TemplateProblem(
        diagnostic: Diagnostic(
          .templateSyntax,
          at: SourceLocation(file: file, line: Int(position.line), column: Int(position.column)),
          "partials include each other more than \(Self.maximumDepth) deep"))
    }
    let outer = (indentation, stripped)
    depth += 1
    if let indent { indentation += indent.dropFirst(stripped) }
    stripped = 0
    isIndented = indent == nil
    try work(&self)
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

  private func lookUp(_ path: Template.Path) -> Value {
    guard let first = path.first else { return context.last ?? .nothing }
    for frame in context.reversed() {
      guard case .record(let record) = frame, var value = record.value(of: first) else { continue }
      for name in path.dropFirst() {
        guard case .record(let inner) = value, let next = inner.value(of: name) else {
          return .nothing
        }
        value = next
      }
      return value
    }
    return .nothing
  }
}
