import ArgumentParser
import StoaIntake
import StoaModel
import StoaReceive

/// The command that lists replies to the service.
struct IntakeListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the replies that wait for a decision.",
    discussion: """
      Prints one on each line, oldest first, in fields separated by tabs: time of arrival, state, answered document, id, author, \
      and the reasons for doubt.
      """)

  @OptionGroup var service: ServiceOptions

  @Flag(help: "Also list replies that are decided.")
  var all = false

  func run() async throws {
    do {
      let desk = try service.desk()
      let states = SpooledReply.State.allCases.filter { all || $0.isOpen }
      let (entries, unreadable) = try desk.list(states)
      for entry in entries {
        let reply = entry.reply
        let when = Timestamp(seconds: reply.received, offset: 0, isDay: false).iso8601
        let target = reply.file.post + (reply.replyTo.map { "#response-\($0)" } ?? "")
        let fields = [
          when, entry.state.rawValue, target, reply.file.id, reply.name,
          reply.reasons.joined(separator: ", "),
        ]
        Terminal.print(fields.map(\.printable).joined(separator: "\t"))
      }
      if all {
        for rejection in try desk.rejections() {
          let when = Timestamp(seconds: rejection.received, offset: 0, isDay: false).iso8601
          Terminal.print("\(when)\trejected\t\(rejection.post)\t\(rejection.id)\t\t")
        }
      }
      for file in unreadable { Terminal.printError("stoa: the spool's \(file) is no reply") }
    } catch {
      throw ExitStatus.report(error)
    }
  }
}
