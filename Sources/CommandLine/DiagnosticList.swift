import StoaCheck
import StoaLoad
import StoaModel
import StoaSystem

/// Prints diagnostics for people: each with its source line, and their number at the end.
enum DiagnosticList {
  /// - Parameter root: the folder of stoa.yml, which file paths are relative to.
  static func print(_ diagnostics: [Diagnostic], root: String, onError: Bool) {
    let folder = RootFolder(root)
    var file = ""
    var bytes: [UInt8] = []
    var start = SourceExcerpt.LineStart()
    for diagnostic in diagnostics {
      print(Terminal.line(for: diagnostic, onError: onError), onError)
      let location = diagnostic.location
      if location.file != file {
        file = location.file
        bytes = (try? FileReader.read(file, in: folder, maximumSize: 1 << 20)) ?? []
        start = SourceExcerpt.LineStart()
      }
      if let excerpt = SourceExcerpt(location, in: bytes, after: &start) {
        print(excerpt, diagnostic.severity, onError)
      }
      for note in diagnostic.notes {
        print(Terminal.styled("  = ", .faint, onError: onError) + note.text(), onError)
      }
    }
  }

  /// “1 error, 2 warnings”.
  static func counts(of diagnostics: [Diagnostic]) -> String {
    let errors = diagnostics.count { $0.severity == .error }
    let warnings = diagnostics.count { $0.severity == .warning }
    return "\(counted(errors, "error")), \(counted(warnings, "warning"))"
  }

  private static func print(
    _ excerpt: SourceExcerpt, _ severity: Diagnostic.Severity, _ onError: Bool
  ) {
    let number = String(excerpt.line)
    let gutter = String(repeating: " ", count: number.count)
    print(Terminal.styled("  \(number) | ", .faint, onError: onError) + excerpt.text, onError)
    print(
      Terminal.styled("  \(gutter) | ", .faint, onError: onError) + excerpt.indentation
        + Terminal.styled(excerpt.underline, Terminal.style(of: severity), onError: onError),
      onError)
  }

  private static func print(_ line: String, _ onError: Bool) {
    if onError { Terminal.printError(line) } else { Terminal.print(line) }
  }

  private static func counted(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }
}
