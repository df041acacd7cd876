package import StoaModel

/// A parsed template: instructions over the bytes it was read from.
package struct Template: Sendable {
  /// What a tag names.
  internal enum Path: Sendable {
    /// The implicit iterator `.`.
    case current
    /// `a`, or `a.b`: nearly every path, and no reference is counted for it.
    case short(Name, Name?)
    /// `a.b.c`.
    case long([Name])

    internal init(_ names: [Name]) {
      self =
        switch names.count {
        case 0: .current
        case 1: .short(names[0], nil)
        case 2: .short(names[0], names[1])
        default: .long(names)
        }
    }

    internal var names: [Name] {
      switch self {
      case .current: []
      case .short(let first, let second): [first] + [second].compactMap { $0 }
      case .long(let names): names
      }
    }

    internal var text: String {
      names.isEmpty ? "." : names.map(\.text).joined(separator: ".")
    }
  }

  internal struct Position: Sendable {
    let line: Int32
    let column: Int32
  }

  /// What there is to do at one place of a template.
  ///
  /// Larger tags are objects, so that rendering passes over one with a single reference in its hands.
  internal enum Instruction: Sendable {
    /// Bytes to copy. `startsLine`: the indentation of a partial comes first.
    case text(Range<Int>, startsLine: Bool)
    /// A line begins with a tag: only the indentation of a partial, if there is one.
    case lineStart
    case variable(Path, escapes: Bool, Position)
    case section(Section)
    case partial(Partial)
    /// A place that a child may fill; its own content is the default.
    case block(Block)
    case parent(Parent)
  }

  internal final class Section: Sendable {
    let path: Path
    let isInverted: Bool
    let body: Body
    let position: Position

    internal init(_ path: Path, isInverted: Bool, _ body: Body, _ position: Position) {
      self.path = path
      self.isInverted = isInverted
      self.body = body
      self.position = position
    }
  }

  internal final class Partial: Sendable {
    let name: Name
    /// Nil when the tag does not stand alone on its line.
    let indentation: [UInt8]?
    let position: Position

    internal init(_ name: Name, indentation: [UInt8]?, _ position: Position) {
      self.name = name
      self.indentation = indentation
      self.position = position
    }
  }

  internal final class Parent: Sendable {
    let name: Name
    let overrides: [Name: Block]
    /// Nil when the tag does not stand alone on its line.
    let indentation: [UInt8]?
    let position: Position

    internal init(
      _ name: Name, overrides: [Name: Block], indentation: [UInt8]?, _ position: Position
    ) {
      self.name = name
      self.overrides = overrides
      self.indentation = indentation
      self.position = position
    }
  }

  /// A block's content, with the indentation it was written in.
  internal final class Block: Sendable {
    let name: Name
    let body: Body
    /// The white space before the block's tag, when it stands alone on its line.
    let indentation: [UInt8]
    /// The white space that all its lines have in common.
    let ownIndentation: [UInt8]
    /// Whether the content begins on a line of its own.
    let isStandalone: Bool

    internal init(
      _ name: Name, _ body: Body, indentation: [UInt8], ownIndentation: [UInt8], isStandalone: Bool
    ) {
      self.name = name
      self.body = body
      self.indentation = indentation
      self.ownIndentation = ownIndentation
      self.isStandalone = isStandalone
    }
  }

  /// Instructions, with the bytes of the template in which they stand.
  internal final class Body: Sendable {
    /// Relative to the folder of stoa.yml.
    let file: String
    let source: [UInt8]
    let instructions: [Instruction]

    internal init(_ instructions: [Instruction], of source: [UInt8], file: String) {
      self.instructions = instructions
      self.source = source
      self.file = file
    }
  }

  internal let body: Body

  /// Parses a template; a problem is a `template-syntax` diagnostic at its place.
  ///
  /// - Parameter file: relative to the folder of stoa.yml.
  package init(_ source: [UInt8], file: String) throws(TemplateProblem) {
    var parser = TemplateParser(source: source, file: file)
    body = Body(try parser.parse(), of: source, file: file)
  }
}

/// A template that cannot be used.
package struct TemplateProblem: Error {
  package let diagnostic: Diagnostic
}
