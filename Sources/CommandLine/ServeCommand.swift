import ArgumentParser
import Dispatch
import Stoa
import StoaAuthoring
import StoaExternalTools
import StoaModel
import StoaPlatform
import StoaPreview

/// The command that previews the site.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Show the site in a browser while you write.",
    discussion: """
      Drafts and scheduled items are shown, and marked. Pages reload when a file is saved. A reply that is \
      sent by the form of a page becomes a file in content/responses; nothing else is written. Ctrl-C ends it.
      """)

  @OptionGroup var site: SiteOptions

  @Option(help: "Show what this audience sees (default: the widest).")
  var audience: String?

  @Option(
    name: .shortAndLong,
    help: "Listen at this port, or at the next that is free; 0 takes any.")
  var port = 1111

  @Option(help: "Listen at this host, such as 0.0.0.0 for other machines to see the site.")
  var bind = "127.0.0.1"

  @Flag(help: "Open the site in a browser.")
  var open = false

  @Flag(help: "Do not offer a form for replies.")
  var noReplies = false

  func run() async throws {
    do {
      let options = try options()
      let log = PreviewLog(for: self, root: options.build.root)
      let serving = Task {
        try await preview(options) { event in log.print(event) }
      }
      let interrupts = Interrupts.cancelling(serving)
      defer { for interrupt in interrupts { interrupt.cancel() } }
      try await serving.value
    } catch {
      throw ExitStatus.report(error)
    }
  }

  private func options() throws -> PreviewOptions {
    guard (0...65_535).contains(port) else {
      throw UsageError("--port takes a number from 0 to 65535")
    }
    let site = site
    var options = PreviewOptions(try site.buildOptions(for: audience)) { try site.today() }
    options.host = bind
    options.port = port
    options.takesReplies = !noReplies
    options.userName = AuthoringContext.userName(
      in: options.build.root, git: ToolFinder.onPath("git"))
    return options
  }
}
