import ArgumentParser
import Stoa
import StoaModel

/// The exit codes of commands (BSD's sysexits where they fit).
enum ExitStatus {
  static let contentErrors = ExitCode(1)
  static let usage = ExitCode(64)
  static let bug = ExitCode(70)
  static let inputOutput = ExitCode(74)

  /// Prints an error and returns its exit code.
  static func report(_ error: any Error) -> ExitCode {
    switch error {
    case let code as ExitCode: return code
    case let usage as UsageError:
      Terminal.printError("stoa: \("\(usage)".printable)")
      return Self.usage
    case let failure as any InputOutputFailure:
      Terminal.printError("stoa: \("\(failure)".printable)")
      return inputOutput
    case let failure as any ContentFailure:
      Terminal.printError(Terminal.line(for: failure.diagnostic))
      return contentErrors
    default:
      Terminal.printError("stoa: this is a bug, \(ProjectAddress.bugs): \(error)")
      return bug
    }
  }
}
