package import StoaModel

/// A parsed template: instructions over the bytes it was read from.
package struct Template: Sendable {
  /// `a.b.c`; empty for the implicit iterator `.`.
  internal typealias Path = [Name]

  internal struct Position: Sendable {
    let line: Int32
    let column: Int32
  }

  internal indirect enum Instruction: Sendable {
    /// Bytes to copy. `startsLine`: the indentation of a partial comes first.
    case text(Range<Int>, startsLine: Bool)
    /// A line begins with a tag: only the indentation of a partial, if there is one.
    case lineStart
    case variable(Path, escapes: Bool, Position)
    case section(Path, isInverted: Bool, body: [Instruction], Position)
    /// `indentation` is nil when the tag does not stand alone on its line.
    case partial(String, indentation: [UInt8]?, Position)
    /// A place that a child may fill; its own content is the default.
    case block(Name, body: Block, Position)
    case parent(String, overrides: [Name: Block], indentation: [UInt8]?, Position)
  }

  /// A block's content, with the indentation it was written in.
  internal struct Block: Sendable {
    /// The bytes that `body` refers to: the template in which the block stands.
    let source: [UInt8]
    let file: String
    var body: [Instruction]
    /// The white space before the block's tag, when it stands alone on its line.
    var indentation: [UInt8]
    /// The white space that all its lines have in common.
    var ownIndentation: [UInt8]
    /// Whether the content begins on a line of its own.
    var isStandalone: Bool
  }

  /// Relative to the folder of stoa.yml.
  internal let file: String
  internal let source: [UInt8]
  internal let instructions: [Instruction]

  /// Parses a template; a problem is a `template-syntax` diagnostic at its place.
  package init(_ source: [UInt8], file: String) throws(TemplateProblem) {
    self.file = file
    self.source = source
    var parser = TemplateParser(source: source, file: file)
    instructions = try parser.parse()
  }
}

/// A template that cannot be used.
package struct TemplateProblem: Error {
  package let diagnostic: Diagnostic
}
