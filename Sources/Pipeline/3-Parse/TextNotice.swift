package import StoaModel

/// A part of a document that is not shown as its author may expect.
package struct TextNotice: Sendable, Hashable {
  package let code: DiagnosticCode
  /// The line of the file.
  package let line: Int
  package let column: Int
  /// As in a diagnostic.
  package let message: String
  package let suggestion: String

  init(
    _ code: DiagnosticCode, line: Int, column: Int, _ message: String, suggestion: String
  ) {
    self.code = code
    self.line = line
    self.column = column
    self.message = message
    self.suggestion = suggestion
  }

  package func diagnostic(in file: String) -> Diagnostic {
    Diagnostic(
      code, at: SourceLocation(file: file, line: line, column: column), message,
      suggestion: suggestion)
  }
}

/// The notices about one document, limited in number so that a hostile document cannot make the report too long.
struct TextNotices {
  private var kept: [TextNotice] = []
  private var firstLeftOut: TextNotice?
  private var leftOut = 0

  mutating func add(_ notice: TextNotice) {
    guard kept.count >= MarkdownLimit.notices else {
      kept.append(notice)
      return
    }
    leftOut += 1
    if firstLeftOut == nil { firstLeftOut = notice }
  }

  /// Each notice up to the limit, and one with the number of the others.
  var all: [TextNotice] {
    guard let first = firstLeftOut, leftOut > 1 else {
      return kept + (firstLeftOut.map { [$0] } ?? [])
    }
    let rest = TextNotice(
      first.code, line: first.line, column: first.column,
      "\(leftOut) more such places follow in this file from here on",
      suggestion: "fix the ones above first")
    return kept + [rest]
  }
}
