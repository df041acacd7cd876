import StoaModel
import StoaPreview
import Synchronization

/// The output of a preview: the site's URL, changes, and problems.
final class PreviewLog: Sendable {
  /// The problems of a snapshot.
  private struct Trouble: Equatable {
    var diagnostics: [Diagnostic]
    /// Failures that are not diagnostics, such as a folder that cannot be listed.
    var failures: [String]

    var isNone: Bool { diagnostics.isEmpty && failures.isEmpty }
  }

  private let command: ServeCommand
  private let root: String
  /// The problems that were printed last.
  private let told = Mutex(Trouble(diagnostics: [], failures: []))

  /// - Parameter root: the folder of stoa.yml.
  init(for command: ServeCommand, root: String) {
    self.command = command
    self.root = root
  }

  func print(_ event: PreviewEvent) {
    switch event {
    case .serving(let address, let port, let snapshot):
      printTrouble(of: snapshot)
      if command.port > 0, port != command.port {
        Terminal.printError("Port \(command.port) is taken, so this is port \(port).")
      }
      Terminal.print("Serving \(address)/")
      if !isQuiet { Terminal.print("Drafts and scheduled items are shown. Ctrl-C ends it.") }
      if command.open { Browser.open("\(address)/") }
    case .changed(let files, let snapshot, let duration):
      if !isQuiet {
        Terminal.print(
          "\(Self.summary(of: files).printable): \(BuildSummary.milliseconds(duration)) ms")
      }
      printTrouble(of: snapshot)
      if command.site.common.verbose { printStages(of: snapshot) }
    case .unwatched(let count):
      Terminal.printError(
        "stoa: the system's limit of watched folders is reached, so changes in \(count) of them will not be noticed;"
          + " raise fs.inotify.max_user_watches")
    }
  }

  private var isQuiet: Bool { command.site.common.quiet }

  /// Prints the problems: all of them if they differ from those printed last, or one line once none is left.
  private func printTrouble(of snapshot: SiteSnapshot) {
    let trouble = Trouble(
      diagnostics: snapshot.diagnostics.filter {
        $0.severity > .note || command.site.common.verbose
      },
      failures: snapshot.problems.filter(\.place.isEmpty).map(\.message))
    let before = told.withLock { told in
      defer { told = trouble }
      return told
    }
    guard !trouble.isNone else {
      if !before.isNone, !isQuiet {
        Terminal.print("No errors or warnings any more; stoa check makes more checks")
      }
      return
    }
    if trouble != before {
      DiagnosticList.print(trouble.diagnostics, root: root, onError: true)
      for failure in trouble.failures { Terminal.printError("stoa: \(failure.printable)") }
    }
    guard !isQuiet, !trouble.diagnostics.isEmpty else { return }
    let counts = DiagnosticList.counts(of: trouble.diagnostics)
    Terminal.printError(trouble == before ? "Still \(counts)" : counts)
  }

  private func printStages(of snapshot: SiteSnapshot) {
    let stages = snapshot.stages.map { "\($0.name) \(BuildSummary.milliseconds($0.duration)) ms" }
    Terminal.printError("  " + stages.joined(separator: ", "))
  }

  private static func summary(of files: [String]) -> String {
    guard let first = files.first else { return "The site changed" }
    let others = files.count - 1
    if others == 0 { return "\(first) changed" }
    return "\(first) changed, and \(others) more file\(others == 1 ? "" : "s")"
  }
}
