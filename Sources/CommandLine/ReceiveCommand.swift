import ArgumentParser
import Dispatch
import Stoa
import StoaAuthoring
import StoaIntake
import StoaModel
import StoaParse
import StoaReceive
import StoaSystem

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

/// The command that makes a response's file from an issue.
struct ReceiveIssueCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "issue",
    abstract: "Make a response's file from an issue on the community's forge.",
    discussion: """
      A workflow runs it with the file of its event ($GITHUB_EVENT_PATH, or $TRIGGER_PAYLOAD on GitLab). The file's path is \
      printed. An issue is a reply if a line of its body says stoa-reply: and the post, as the site's form makes it; other \
      issues are ignored. Problems with a reply are printed, one on each line, and the exit status is 1.
      """)

  @Option(help: "The folder of stoa.yml (default: found from the working folder upwards).")
  var source: String?

  @Argument(
    help:
      "The JSON of the event: of a webhook or a workflow on GitHub or Forgejo, of a webhook or of an issue on GitLab."
  )
  var file: String

  /// GitHub's events have at most 25 MB.
  private static let maximumSize = 32 << 20

  func run() async throws {
    do {
      var authoring = AuthoringOptions()
      authoring.source = source
      let path = Machine.absolute(file)
      let bytes: [UInt8]
      do throws(FileReader.Refusal) {
        bytes = try FileReader.read(path, maximumSize: Self.maximumSize, followsLinks: true)
      } catch {
        throw InputError(path: path, refusal: error)
      }
      let issue: IssueEvent
      do throws(IssueEvent.Problem) {
        issue = try IssueEvent(bytes)
      } catch {
        throw UsageError("\(file): \(error)")
      }
      let workers = WorkerOptions(executable: Machine.executablePath, jobs: 1)
      switch try await authoring.context().receive(issue, workers: workers) {
      case .ignored(let reason): Terminal.printError("stoa: \(reason)")
      case .written(let file, let isNew):
        if !isNew { Terminal.printError("stoa: issue \(issue.number) was received before") }
        Terminal.print(file)
      case .refused(let problems):
        for problem in problems { Terminal.print("\(problem)") }
        throw ExitCode(1)
      }
    } catch let code as ExitCode {
      throw code
    } catch {
      throw ExitStatus.report(error)
    }
  }
}
