package import StoaModel

/// A parsed template: instructions over the bytes it was read from.
package struct Template: Sendable {
  /// `a.b.c`; without a first name it is the implicit iterator `.`.
  internal struct Path: Sendable {
    let first: Name?
    let rest: [Name]

    internal init(_ names: [Name]) {
      first = names.first
      rest = Array(names.dropFirst())
    }

    internal var text: String {
      first.map { ([$0] + rest).map(\.text).joined(separator: ".") } ?? "."
    }
  }

  internal struct Position: Sendable {
    let line: Int32
    let column: Int32
  }

  /// What there is to do at one place of a template.
  ///
  /// Tags are objects, so that rendering passes over one with a single reference in its hands.
  internal enum Instruction: Sendable {
    /// Bytes to copy. `startsLine`: the indentation of a partial comes first.
    case text(Range<Int>, startsLine: Bool)
    /// A line begins with a tag: only the indentation of a partial, if there is one.
    case lineStart
    case variable(Variable)
    case section(Section)
    case partial(Partial)
    /// A place that a child may fill; its own content is the default.
    case block(Block)
    case parent(Parent)
  }

  internal final class Variable: Sendable {
    let path: Path
    let escapes: Bool
    let position: Position

    internal init(_ path: Path, escapes: Bool, _ position: Position) {
      self.path = path
      self.escapes = escapes
      self.position = position
    }
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
