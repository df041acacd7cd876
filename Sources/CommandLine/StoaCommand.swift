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
      InitCommand.self, NewCommand.self, ReplyCommand.self, BuildCommand.self, JoinCommand.self,
      ServeCommand.self, CheckCommand.self, ListCommand.self, SearchCommand.self,
      DigestCommand.self, MoveCommand.self, MergeCommand.self, ShareCommand.self,
      RemoveCommand.self, EraseCommand.self,
      ImportCommand.self, ExportCommand.self, ReceiveCommand.self,
      IntakeCommand.self,
      CleanCommand.self, CompletionsCommand.self, SchemaCommand.self,
    ])

  package init() {}
}

/// Runs the command that the program's arguments name, and ends the program with its exit code.
package func runStoa() async {
  openStandardStreams()
  // Swift reads the arguments from /proc. Without /proc it finds none, although the program's own name is always one.
  guard !CommandLine.arguments.isEmpty else {
    Terminal.printError("stoa: the arguments cannot be read: /proc is not mounted")
    exit(ExitStatus.inputOutput.rawValue)
  }
  if let failure = Machine.lackOfAddressSpace {
    Terminal.printError("stoa: \(failure)")
    exit(ExitStatus.inputOutput.rawValue)
  }
  // Exceeding the file size limit is then an error of writing, as on a full disk, and does not end the program.
  signal(SIGXFSZ, SIG_IGN)
  var status = await status(of: Array(CommandLine.arguments.dropFirst()))
  if let failure = Terminal.lostOutput { status = ExitStatus.report(failure) }
  exit(status.rawValue)
}

/// Runs a command, and reports its error.
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
    // The parser throws even for a request for help.
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

/// Opens the standard streams that are closed: otherwise the next file that the program opens would get one of their numbers,
/// and printed output would go into that file.
private func openStandardStreams() {
  for (descriptor, mode) in [
    (STDIN_FILENO, O_RDONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDWR),
  ]
  where fcntl(descriptor, F_GETFD) < 0 {
    // open returns the lowest free descriptor, which is this one.
    _ = open("/dev/null", mode)
  }
}
