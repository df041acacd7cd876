package import ArgumentParser
import Stoa
import StoaModel
import StoaPlatform
import StoaSystem

/// The `stoa` command.
package struct StoaCommand: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "stoa",
    abstract: "Builds a community's knowledge base, with its conversations, from markdown in git.",
    version: stoaVersion,
    subcommands: [
      InitCommand.self, NewCommand.self, ReplyCommand.self, BuildCommand.self, ServeCommand.self,
      CheckCommand.self, ListCommand.self, SearchCommand.self, MoveCommand.self,
      MergeCommand.self, RemoveCommand.self, EraseCommand.self,
      ImportCommand.self, ReceiveCommand.self, IntakeCommand.self,
      CleanCommand.self, CompletionsCommand.self,
    ])

  package init() {}
}

/// Runs the command that the program's arguments name, and ends the program with its status.
package func runStoa() async {
  openStandardStreams()
  // Swift reads the arguments from /proc, and finds none without it; the program itself is always one.
  guard !CommandLine.arguments.isEmpty else {
    Terminal.printError("stoa: the arguments cannot be read: /proc is not mounted")
    exit(ExitStatus.inputOutput.rawValue)
  }
  if let failure = Machine.lackOfAddressSpace {
    Terminal.printError("stoa: \(failure)")
    exit(ExitStatus.inputOutput.rawValue)
  }
  // A file that may not grow is an error of writing like a full disk, and no end of the program.
  signal(SIGXFSZ, SIG_IGN)
  var status = await status(of: Array(CommandLine.arguments.dropFirst()))
  if let failure = Terminal.lostOutput { status = ExitStatus.report(failure) }
  exit(status.rawValue)
}

/// Runs a command, and says what went wrong.
private func status(of arguments: [String]) async -> ExitCode {
  // ArgumentParser's own --version prints one line and takes no other option.
  if arguments == ["--version", "--verbose"] || arguments == ["--verbose", "--version"] {
    VersionReport.print()
    return .success
  }
  if let unknown = UnknownCommand.first(in: arguments, of: StoaCommand.self) {
    return ExitStatus.report(UsageError("\(unknown)"))
  }
  do {
    var command = try StoaCommand.parseAsRoot(arguments)
    if var command = command as? any AsyncParsableCommand {
      try await command.run()
    } else {
      try command.run()
    }
    return .success
  } catch {
    // The parser speaks by errors, of help that was asked for, too.
    let code = StoaCommand.exitCode(for: error)
    let message = StoaCommand.fullMessage(for: error)
    if !message.isEmpty {
      code.isSuccess ? Terminal.print(message) : Terminal.printError(message)
      if code.isSuccess, message.utf8.starts(with: "OVERVIEW:".utf8) {
        Terminal.print("\n\(ProjectAddress.guide)")
      }
    }
    return code
  }
}

/// Gives the program the standard streams that it was started without: a file that it opens would get their numbers, and what
/// is printed would be written into it.
private func openStandardStreams() {
  for (descriptor, mode) in [
    (STDIN_FILENO, O_RDONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDWR),
  ]
  where fcntl(descriptor, F_GETFD) < 0 {
    // The lowest number that is free is this one.
    _ = open("/dev/null", mode)
  }
}
