import ArgumentParser
import StoaIntake
import StoaModel
import StoaReceive

/// The command that prints the service's data about an address.
struct ReceiveExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Print the service's data about a mail address.",
    discussion: "With - in its place, the address is read from standard input.")

  // The configuration is an option of it.
  @ParentCommand var receive: ReceiveCommand

  @Argument(help: "The address.")
  var address: String

  func run() async throws {
    do {
      let box = try MailBox.argument(address)
      let desk = try receive.desk()
      for subscription in try desk.subscriptions(of: box) {
        let date = { (seconds: Int64) in
          Timestamp(seconds: seconds, offset: 0, isDay: false).iso8601
        }
        Terminal.print("address: \(subscription.mailBox.address)")
        Terminal.print("given: \(date(subscription.created))")
        Terminal.print("state: \(subscription.state.rawValue) since \(date(subscription.since))")
        Terminal.print("conversation: \(subscription.post)")
        Terminal.print("response: \(subscription.response)")
        if !subscription.told.isEmpty {
          Terminal.print("told of: \(subscription.told.joined(separator: ", "))")
        }
        if let reply = desk.reply(of: subscription) {
          Terminal.print("name: \(reply.name.printable)")
        }
        Terminal.print("")
      }
    } catch {
      throw ExitStatus.report(error)
    }
  }
}
