import ArgumentParser
import Dispatch
import Stoa
import StoaModel
import StoaReceive

/// The command that receives replies from people without a clone of the repository.
struct ReceiveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "receive",
    abstract: "Receive replies from people without a clone of the repository.",
    discussion: """
      With --config, it takes replies from the form of each page until Ctrl-C ends it, and keeps them in the spool that the \
      configuration names. export and erase work beside it.
      """,
    subcommands: [
      ReceiveIssueCommand.self, ReceiveExportCommand.self, ReceiveEraseCommand.self,
    ])

  @Option(help: ArgumentHelp("The service's configuration.", valueName: "receive.yml"))
  var config: String?

  func run() async throws {
    do {
      guard let config else {
        throw UsageError("say what to receive: --config receive.yml for a service, or issue FILE")
      }
      let options = try ServiceOptions.read(config)
      let serving = Task {
        try await receive(options, BuildOptions(root: options.community)) { Self.print($0) }
      }
      let interrupts = Interrupts.cancelling(serving)
      defer { for interrupt in interrupts { interrupt.cancel() } }
      try await serving.value
    } catch {
      throw ExitStatus.report(error)
    }
  }

  func desk() throws -> IntakeDesk { try ServiceOptions.desk(config ?? "receive.yml") }

  private static func print(_ event: ReceiveEvent) {
    switch event {
    case .listening(let host, let port): Terminal.print("Listening at \(host):\(port)")
    case .health(let host, let port): Terminal.print("Health at \(host):\(port)")
    case .received(let post, let id): Terminal.print("received \(post)/\(id)")
    case .doubtful(let post, let id, let reasons):
      Terminal.print(
        "received \(post)/\(id), which is doubtful: \(reasons.joined(separator: ", "))")
    case .proposedTogether(let count): Terminal.print("proposed \(count) together")
    case .published(let post, let id): Terminal.print("published \(post)/\(id)")
    case .mailDelayed(let reason): Terminal.printError("stoa: mail waits: \(reason.printable)")
    case .proposed(let post, let id): Terminal.print("proposed \(post)/\(id)")
    case .delayed(let post, let id, let reason):
      Terminal.printError("stoa: \(post)/\(id) waits: \(reason.printable)")
    case .unreadable(let files):
      for file in files { Terminal.printError("stoa: the spool's \(file) is not a reply") }
    }
  }
}
