import ArgumentParser

/// The command with which moderators accept or reject replies to the service.
struct IntakeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "intake", abstract: "Decide about the replies that the service has taken.",
    discussion: """
      It works on the spool that receive.yml names, also while the service runs.
      """,
    subcommands: [
      IntakeListCommand.self, IntakeShowCommand.self, IntakeAcceptCommand.self,
      IntakeRejectCommand.self, IntakePurgeCommand.self,
    ])
}
