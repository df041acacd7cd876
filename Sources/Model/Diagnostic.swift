/// Something that a person should know about the content, with where it is and what would mend it.
package struct Diagnostic: Sendable, Hashable {
  package enum Severity: Int, Sendable, Hashable, Comparable {
    case note
    case warning
    case error

    package static func < (left: Severity, right: Severity) -> Bool {
      left.rawValue < right.rawValue
    }
  }

  package var severity: Severity
  package let code: DiagnosticCode
  package let location: SourceLocation
  /// One sentence in lower case without a full stop, on one line whatever the content that it quotes.
  package let message: String
  /// What would mend it, as the end of the sentence; empty when there is nothing to suggest.
  package let suggestion: String

  /// Makes a diagnostic with its code's own severity.
  package init(
    _ code: DiagnosticCode, at location: SourceLocation, _ message: String, suggestion: String = ""
  ) {
    self.severity = code.severity
    self.code = code
    self.location = location
    self.message = message.printable
    self.suggestion = suggestion.printable
  }
}

extension Diagnostic: Comparable {
  /// Orders by file, line and column, then by code and message, all bytewise.
  package static func < (left: Diagnostic, right: Diagnostic) -> Bool {
    if left.location.file != right.location.file {
      return left.location.file.precedes(right.location.file)
    }
    if left.location.line != right.location.line { return left.location.line < right.location.line }
    if left.location.column != right.location.column {
      return left.location.column < right.location.column
    }
    if left.code != right.code {
      return left.code.rawValue.precedes(right.code.rawValue)
    }
    return left.message.precedes(right.message)
  }
}

extension Diagnostic: CustomStringConvertible {
  /// The diagnostic as one line: `content/posts/a.md:12:5: error: message; suggestion [code]`.
  package var description: String {
    var line = location.file
    if location.line > 0 { line += ":\(location.line):\(max(location.column, 1))" }
    line += ": \(severity): \(message)"
    if !suggestion.isEmpty { line += "; \(suggestion)" }
    return line + " [\(code.rawValue)]"
  }
}
