internal import StoaModel
internal import StoaPreview

/// What a preview prints: where the site is, what changed, and what is wrong.
internal enum PreviewLog {
  internal static func print(_ event: PreviewEvent, for command: ServeCommand) {
    switch event {
    case .serving(let address, let port, let edition):
      printDiagnostics(of: edition, command)
      if command.port > 0, port != command.port {
        Terminal.printError("Port \(command.port) is taken, so this is port \(port).")
      }
      Terminal.print("Serving \(address)/")
      if !command.site.common.quiet {
        Terminal.print("Drafts and scheduled items are shown. Ctrl-C ends it.")
      }
      if command.open { Browser.open("\(address)/") }
    case .changed(let files, let edition, let duration):
      printDiagnostics(of: edition, command)
      if !command.site.common.quiet {
        Terminal.print("\(summary(of: files)) changed: \(BuildSummary.milliseconds(duration)) ms")
      }
      if command.site.common.verbose { printStages(of: edition) }
    case .unwatched(let count):
      Terminal.printError(
        "stoa: the system lets no more folders be watched, so changes in \(count) of them will not be seen;"
          + " raise fs.inotify.max_user_watches")
    }
  }

  private static func printDiagnostics(of edition: Edition, _ command: ServeCommand) {
    for diagnostic in edition.diagnostics
    where diagnostic.severity > .note || command.site.common.verbose {
      Terminal.printError(Terminal.line(for: diagnostic))
    }
    // What is no diagnostic: a folder that cannot be listed, say.
    for problem in edition.problems where problem.place.isEmpty {
      Terminal.printError("stoa: \(problem.message)")
    }
  }

  private static func printStages(of edition: Edition) {
    let stages = edition.stages.map { "\($0.name) \(BuildSummary.milliseconds($0.duration)) ms" }
    Terminal.printError("  " + stages.joined(separator: ", "))
  }

  private static func summary(of files: [String]) -> String {
    guard let first = files.first else { return "The site" }
    return files.count == 1 ? first : "\(first) and \(files.count - 1) more"
  }
}
