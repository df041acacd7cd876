import StoaModel
import StoaPlatform
import StoaSystem
import Synchronization

/// The output streams of a command: results go to standard output, diagnostics to standard error, in colour only on a terminal.
enum Terminal {
  enum Style: String {
    case bold = "1"
    case red = "1;31"
    case yellow = "1;33"
    case blue = "1;34"
    case faint = "2"
  }

  static let errorIsTerminal = isColoured(STDERR_FILENO)
  static let outputIsTerminal = isColoured(STDOUT_FILENO)

  /// The error number of a failed write to standard output; 0 if there was none.
  private static let outputFailure = Atomic<Int32>(0)

  /// The error that lost a part of the command's results; nil if there was none.
  static var lostOutput: SystemError? {
    let code = outputFailure.load(ordering: .relaxed)
    return code == 0 ? nil : SystemError("standard output", errno: code)
  }

  static func print(_ line: String, terminator: String = "\n") {
    if let failure = write(line + terminator, to: STDOUT_FILENO) {
      outputFailure.store(failure, ordering: .relaxed)
    }
  }

  static func printError(_ line: String) { writeError(line + "\n") }

  /// Shows the progress of a long command, in place of the previous message.
  static func showProgress(_ text: String) {
    writeError("\r\u{1B}[K\(text)")
  }

  static func clearProgress() { writeError("\r\u{1B}[K") }

  /// Prints text without a line end, for output that is overwritten later.
  ///
  /// If standard error cannot be written either, there is nowhere to report it.
  static func writeError(_ text: String) { _ = write(text, to: STDERR_FILENO) }

  /// The text in a style, if the stream shows styles.
  static func styled(_ text: String, _ style: Style, onError: Bool = true) -> String {
    guard onError ? errorIsTerminal : outputIsTerminal else { return text }
    return "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m"
  }

  /// A diagnostic as one line, its severity in colour.
  static func line(for diagnostic: Diagnostic, onError: Bool = true) -> String {
    guard onError ? errorIsTerminal : outputIsTerminal else { return diagnostic.description }
    var text = styled("\(diagnostic.location.shown):", .bold, onError: onError) + " "
    text += styled("\(diagnostic.severity):", style(of: diagnostic.severity), onError: onError)
    text += " \(diagnostic.message)"
    if !diagnostic.suggestion.isEmpty { text += "; \(diagnostic.suggestion)" }
    return text + " " + styled("[\(diagnostic.code.rawValue)]", .faint, onError: onError)
  }

  static func style(of severity: Diagnostic.Severity) -> Style {
    switch severity {
    case .error: .red
    case .warning: .yellow
    case .note: .blue
    }
  }

  private static func isColoured(_ descriptor: Int32) -> Bool {
    if let noColor = getenv("NO_COLOR"), noColor.pointee != 0 { return false }
    return isatty(descriptor) == 1
  }

  /// - Returns: The error number of a failed write; nil when everything is written.
  private static func write(_ text: String, to descriptor: Int32) -> Int32? {
    WholeWrite.all(Array(text.utf8)) { start, count, _ in
      StoaPlatform.write(descriptor, start, count)
    }
  }
}
