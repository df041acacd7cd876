import ArgumentParser
import StoaReceive

/// The command that accepts replies.
struct IntakeAcceptCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "accept", abstract: "Commit replies onto the branch, and push it.")

  @OptionGroup var service: ServiceOptions

  @Argument(help: "The ids of the replies.")
  var replies: [String]

  func run() async throws {
    try service.decide("accepted", about: replies) { desk, entry in try desk.accept(entry) }
  }
}
