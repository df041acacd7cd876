internal import ArgumentParser
internal import Dispatch
internal import Stoa
internal import StoaModel
internal import StoaPreview

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The command that shows the site while it is written.
internal struct ServeCommand: AsyncParsableCommand {
  internal static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Show the site in a browser while you write.",
    discussion: """
      Drafts and what is not yet due are shown, and marked. Pages reload when a file is saved. Nothing is written. Ctrl-C ends it.
      """)

  @OptionGroup internal var site: SiteOptions

  @Option(help: "Show what this audience sees (default: the widest).")
  internal var audience: String?

  @Option(
    name: .shortAndLong,
    help: "Listen at this port, or at the next that is free; 0 takes any.")
  internal var port = 1111

  @Option(help: "Listen at this host, such as 0.0.0.0 for other machines to see the site.")
  internal var bind = "127.0.0.1"

  @Flag(help: "Open the site in a browser.")
  internal var open = false

  internal func run() async throws {
    do {
      let options = try options()
      let log = PreviewLog(for: self, root: options.build.root)
      let serving = Task {
        try await preview(options) { event in log.print(event) }
      }
      let interrupts = Self.cancelWhenInterrupted(serving)
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
    return options
  }

  /// Ends serving at the first Ctrl-C, and the program at the second.
  private static func cancelWhenInterrupted(
    _ task: Task<Void, any Error>
  ) -> [any DispatchSourceSignal] {
    [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number)
      source.setEventHandler {
        if task.isCancelled { Self.exit(withError: ExitCode(130)) }
        task.cancel()
      }
      source.resume()
      return source
    }
  }
}
