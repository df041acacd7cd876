import ArgumentParser
import StoaAuthoring
import StoaIntake
import StoaModel
import StoaParse
import StoaSystem

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
