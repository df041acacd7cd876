internal import StoaCheck
internal import StoaLoad
internal import StoaModel

/// What a check prints for people: each diagnostic with the line that it speaks of, and how many there are.
///
/// Diagnostics are what this command is asked for, so they go to standard output.
internal enum CheckSummary {
  internal static func print(_ diagnostics: [Diagnostic], root: String, isQuiet: Bool) {
    var file = ""
    var bytes: [UInt8] = []
    for diagnostic in diagnostics {
      Terminal.print(Terminal.line(for: diagnostic, onError: false))
      let location = diagnostic.location
      if location.file != file {
        file = location.file
        bytes = (try? FileReader.read("\(root)/\(file)", maximumSize: 1 << 20)) ?? []
      }
      if let excerpt = SourceExcerpt(location, in: bytes) { print(excerpt, diagnostic.severity) }
    }
    guard !isQuiet else { return }
    let errors = diagnostics.count { $0.severity == .error }
    let warnings = diagnostics.count { $0.severity == .warning }
    Terminal.print(
      errors + warnings == 0
        ? "Nothing is wrong" : "\(count(errors, "error")), \(count(warnings, "warning"))")
  }

  private static func print(_ excerpt: SourceExcerpt, _ severity: Diagnostic.Severity) {
    let number = String(excerpt.line)
    let gutter = String(repeating: " ", count: number.count)
    Terminal.print(
      Terminal.styled("  \(number) | ", .faint, onError: false) + excerpt.text)
    Terminal.print(
      Terminal.styled("  \(gutter) | ", .faint, onError: false) + excerpt.indentation
        + Terminal.styled("^", Terminal.style(of: severity), onError: false))
  }

  private static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }
}
