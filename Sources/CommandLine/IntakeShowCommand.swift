import ArgumentParser
import StoaIntake
import StoaModel
import StoaReceive

/// The command that prints one reply.
struct IntakeShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show the file that a reply would become.")

  @OptionGroup var service: ServiceOptions

  @Argument(help: "The id of the reply.")
  var reply: String

  func run() async throws {
    do {
      let entry = try service.desk().entry(reply)
      Terminal.print("\(entry.reply.file.path)\t\(entry.state.rawValue)")
      for reason in entry.reply.reasons { Terminal.print("doubtful: \(reason)") }
      Terminal.print("")
      let text = String(decoding: entry.reply.file.bytes, as: UTF8.self)
      // Text from strangers must not control the terminal.
      for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
        Terminal.print(String(line).printable)
      }
    } catch {
      throw ExitStatus.report(error)
    }
  }
}
