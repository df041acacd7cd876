/// Reads YAML from libyaml's event stream, in one pass.
///
/// Front matter is untrusted, so the reader accepts the plain part of the language and refuses the rest: anchors, aliases (which
/// let small files expand), tags, directives, a second document, depth over 8.
package enum YAMLReader {
  package static let maximumDepth = 8

  /// The accepted part of the language.
  package enum Dialect: Sendable {
    /// Only the plain part, which Stoa's own files may use.
    case plain
    /// For files of other tools: tags are ignored, an alias of a text is that text, an alias of anything else is empty (so that
    /// nothing can expand), control characters become U+FFFD.
    case foreign
  }

  /// Reads one document whose root is a mapping; an empty document is an empty mapping.
  ///
  /// - Parameters:
  ///   - bytes: UTF-8.
  ///   - firstLine: the line of the file at which `bytes` begin, from 1.
  ///   - maximumSize: the maximum number of bytes.
  ///   - dialect: the accepted part of the language.
  package static func read(
    _ bytes: ArraySlice<UInt8>, firstLine: Int = 1, maximumSize: Int = 16_384,
    dialect: Dialect = .plain
  ) throws(YAMLProblem) -> [YAMLEntry] {
    guard bytes.count <= maximumSize else {
      throw YAMLProblem(
        kind: .tooLarge, message: "more than \(maximumSize) bytes of YAML", line: firstLine,
        column: 1)
    }
    let result = bytes.withUnsafeBufferPointer { buffer -> Result<[YAMLEntry], YAMLProblem> in
      var session = YAMLSession(source: buffer, firstLine: firstLine, dialect: dialect)
      return session.read()
    }
    return try result.get()
  }
}
