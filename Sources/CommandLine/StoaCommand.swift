package import ArgumentParser
internal import Stoa
internal import StoaModel

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The `stoa` command.
package struct StoaCommand: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "stoa",
    abstract: "Builds a community's knowledge base, with its conversations, from markdown in git.",
    version: stoaVersion,
    subcommands: [
      InitCommand.self, NewCommand.self, ReplyCommand.self, BuildCommand.self, ServeCommand.self,
      CheckCommand.self, ListCommand.self, ImportCommand.self, CleanCommand.self,
      CompletionsCommand.self,
    ])

  package init() {}
}

/// Runs the command that the program's arguments name, and ends the program with its status.
package func runStoa() async {
  // A file that may not grow is an error of writing like a full disk, and no end of the program.
  signal(SIGXFSZ, SIG_IGN)
  let arguments = Array(CommandLine.arguments.dropFirst())
  // ArgumentParser's own --version prints one line and takes no other option.
  if arguments == ["--version", "--verbose"] || arguments == ["--verbose", "--version"] {
    VersionReport.print()
    return
  }
  if let unknown = UnknownCommand.first(in: arguments, of: StoaCommand.self) {
    StoaCommand.exit(withError: ExitStatus.report(UsageError("\(unknown)")))
  }
  await StoaCommand.main(arguments)
}
