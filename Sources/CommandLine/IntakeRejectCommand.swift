import ArgumentParser
import StoaReceive
import StoaSystem

/// The command that rejects replies.
struct IntakeRejectCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reject",
    abstract: "Reject replies: delete their content, and keep a record of them.")

  @OptionGroup var service: ServiceOptions

  @Argument(help: "The ids of the replies.")
  var replies: [String]

  func run() async throws {
    try service.decide("rejected", about: replies) { desk, entry in
      try desk.reject(entry, at: Machine.now())
    }
  }
}
