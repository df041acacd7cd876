/// A problem in the content of a community: what it is, where it is, and how to fix it.
public struct Diagnostic: Sendable, Hashable {
  /// How serious a problem is, from the least serious.
  public enum Severity: Int, Sendable, Hashable, Comparable {
    /// Something worth knowing; nothing is wrong with the content.
    case note
    /// Something that is probably a mistake; the site is written.
    case warning
    /// Something that keeps the site from being written.
    case error

    /// Orders by seriousness.
    public static func < (left: Severity, right: Severity) -> Bool {
      left.rawValue < right.rawValue
    }
  }

  /// The severity that the community's `rules` and the options of the build give it.
  public package(set) var severity: Severity
  /// The stable name of its kind.
  public let code: DiagnosticCode
  /// The place of the problem.
  public let location: SourceLocation
  /// One sentence in lower case without a full stop, on one line even if it quotes several.
  public let message: String
  /// How to fix it, as the end of the sentence; empty when there is nothing to suggest.
  public let suggestion: String
  /// Other places that belong to it.
  public let notes: [Note]

  /// Another place that belongs to a problem, such as the first use of a name that is used twice.
  public struct Note: Sendable, Hashable {
    /// Where it is.
    public let location: SourceLocation
    /// What is there, in a few words.
    public let message: String

    package init(_ message: String, at location: SourceLocation) {
      self.location = location
      self.message = message
    }
  }

  /// Makes a diagnostic with its code's default severity.
  package init(
    _ code: DiagnosticCode, at location: SourceLocation, _ message: String,
    suggestion: String = "", notes: [Note] = []
  ) {
    self.severity = code.severity
    self.code = code
    self.location = location
    self.message = message.printable
    self.suggestion = suggestion.printable
    self.notes = notes
  }
}

extension Diagnostic: Comparable {
  /// Orders by file, line and column, then by code and message, all bytewise.
  public static func < (left: Diagnostic, right: Diagnostic) -> Bool {
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
  public var description: String {
    var line = "\(location.shown): \(severity): \(message)"
    if !suggestion.isEmpty { line += "; \(suggestion)" }
    return line + " [\(code.rawValue)]"
  }
}
