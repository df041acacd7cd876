internal import StoaModel

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Where a command speaks: results on standard output, diagnostics on standard error, in colour only on a terminal.
internal enum Terminal {
  internal enum Style: String {
    case bold = "1"
    case red = "1;31"
    case yellow = "1;33"
    case blue = "1;34"
    case faint = "2"
  }

  internal static let errorIsTerminal = isColoured(STDERR_FILENO)
  internal static let outputIsTerminal = isColoured(STDOUT_FILENO)

  internal static func print(_ line: String, terminator: String = "\n") {
    write(line + terminator, to: STDOUT_FILENO)
  }

  internal static func printError(_ line: String) { write(line + "\n", to: STDERR_FILENO) }

  /// Shows how far a long command is, in place of what it showed before.
  internal static func showProgress(_ text: String) {
    write("\r\u{1B}[K\(text)", to: STDERR_FILENO)
  }

  internal static func clearProgress() { write("\r\u{1B}[K", to: STDERR_FILENO) }

  /// Text without an end of line, for what is drawn over again.
  internal static func writeError(_ text: String) { write(text, to: STDERR_FILENO) }

  /// The text in a style, if standard error shows styles.
  internal static func styled(_ text: String, _ style: Style, onError: Bool = true) -> String {
    guard onError ? errorIsTerminal : outputIsTerminal else { return text }
    return "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m"
  }

  /// A diagnostic as one line, its severity in colour.
  internal static func line(for diagnostic: Diagnostic, onError: Bool = true) -> String {
    guard onError ? errorIsTerminal : outputIsTerminal else { return diagnostic.description }
    var place = diagnostic.location.file
    if diagnostic.location.line > 0 {
      place += ":\(diagnostic.location.line):\(max(diagnostic.location.column, 1))"
    }
    var text = styled("\(place):", .bold, onError: onError) + " "
    text += styled("\(diagnostic.severity):", style(of: diagnostic.severity), onError: onError)
    text += " \(diagnostic.message)"
    if !diagnostic.suggestion.isEmpty { text += "; \(diagnostic.suggestion)" }
    return text + " " + styled("[\(diagnostic.code.rawValue)]", .faint, onError: onError)
  }

  internal static func style(of severity: Diagnostic.Severity) -> Style {
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

  private static func write(_ text: String, to descriptor: Int32) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { buffer in
        #if canImport(Glibc)
        Glibc.write(descriptor, buffer.baseAddress, buffer.count)
        #elseif canImport(Musl)
        Musl.write(descriptor, buffer.baseAddress, buffer.count)
        #else
        Darwin.write(descriptor, buffer.baseAddress, buffer.count)
        #endif
      }
      if written < 0, errno != EINTR { return }
      bytes = bytes.dropFirst(max(written, 0))
    }
  }
}
