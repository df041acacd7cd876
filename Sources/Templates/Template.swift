package import StoaModel

/// A parsed template.
package struct Template: Sendable {
  /// `a.b.c`; empty for the implicit iterator `.`.
  typealias Path = [Name]

  struct Position: Sendable {
    let line: Int32
    let column: Int32
  }

  indirect enum Instruction: Sendable {
    /// Bytes to copy. With `startsLine`, the indentation of a partial comes first.
    case text(Range<Int>, startsLine: Bool)
    /// A line begins with a tag: writes only the indentation of a partial, if there is one.
    case lineStart
    case variable(Path, escapes: Bool, Position)
    case section(Section)
    case partial(Partial)
    /// A block that a child may override; its own content is the default.
    case block(Block)
    case parent(Parent)
  }

  struct Section: Sendable {
    let path: Path
    let isInverted: Bool
    let body: Body
    let position: Position
  }

  /// A tag that is replaced by another template.
  struct Partial: Sendable {
    let name: Name
    /// Nil when the tag is not alone on its line.
    let indentation: [UInt8]?
    let position: Position
  }

  struct Parent: Sendable {
    let partial: Partial
    let overrides: [Name: Block]
  }

  /// A block's content, with its original indentation.
  struct Block: Sendable {
    let name: Name
    let body: Body
    /// The white space before the block's tag, if it is alone on its line.
    let indentation: [UInt8]
    /// The white space that all its lines have in common.
    let ownIndentation: [UInt8]
    /// Whether the content begins on a new line.
    let isStandalone: Bool
    let position: Position
  }

  /// Instructions, with the bytes of their template.
  struct Body: Sendable {
    /// Relative to the folder of stoa.yml.
    let file: String
    let source: [UInt8]
    let instructions: [Instruction]
  }

  /// The tags as written, for checks.
  let body: Body
  let program: Program

  /// Parses a template; an error is a `template-syntax` diagnostic at its place.
  ///
  /// - Parameter file: relative to the folder of stoa.yml.
  package init(_ source: [UInt8], file: String) throws(TemplateProblem) {
    var parser = TemplateParser(source: source, file: file)
    body = Body(file: file, source: source, instructions: try parser.parse())
    program = Program(body)
  }
}

/// A template with an error.
package struct TemplateProblem: ContentFailure {
  package let diagnostic: Diagnostic
}
