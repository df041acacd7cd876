import ArgumentParser
import StoaIntake
import StoaModel
import StoaReceive
import StoaSystem

/// The command that deletes the data about old decisions.
struct IntakePurgeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "purge", abstract: "Delete the data about replies that were decided.",
    discussion: """
      Replies that wait for a decision stay, however old they are. The data stays for at least two days, because a form can be \
      sent for a day after it was shown: the data lets the service recognise a reply that is sent twice.
      """)

  /// Twice the time for which a form stays valid.
  private static let shortest = 2 * FormTokens.maximumAge

  @OptionGroup var service: ServiceOptions

  @Option(help: ArgumentHelp("Their minimum age.", valueName: "time"))
  var olderThan = "90d"

  func run() async throws {
    do {
      guard let age = TimeSpan.seconds(olderThan), age >= Self.shortest else {
        throw UsageError("--older-than takes a time of two days or more, such as 90d")
      }
      let count = try service.desk().purge(olderThan: age, at: Machine.now())
      Terminal.print(count == 1 ? "1 reply purged" : "\(count) replies purged")
    } catch {
      throw ExitStatus.report(error)
    }
  }
}
