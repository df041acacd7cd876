import ArgumentParser
import StoaIntake
import StoaReceive

/// The command that deletes the service's data about an address.
struct ReceiveEraseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "erase", abstract: "Forget a mail address.",
    discussion: """
      With - in its place, the address is read from standard input. Replies stay: they have no address in them; `stoa erase` \
      takes a person's name and texts away.
      """)

  // The configuration is an option of it.
  @ParentCommand var receive: ReceiveCommand

  @Argument(help: "The address.")
  var address: String

  func run() async throws {
    do {
      let count = try receive.desk().erase(try MailBox.argument(address))
      Terminal.print(count == 1 ? "forgotten at 1 place" : "forgotten at \(count) places")
    } catch {
      throw ExitStatus.report(error)
    }
  }
}
