import ArgumentParser
import Stoa
import StoaAddresses
import StoaModel

/// The command that builds the site.
struct BuildCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build", abstract: "Build the site.")

  @OptionGroup var site: SiteOptions

  @Option(help: "Build for this audience (default: the widest).")
  var audience: String?

  @Flag(
    name: [.customShort("D"), .long],
    help: "Include drafts and scheduled items, marked as such.")
  var drafts = false

  @Option(name: .shortAndLong, help: "Write the site here (default: site).")
  var output: String?

  @Option(name: .shortAndLong, help: "The site's address (default: url of stoa.yml).")
  var baseURL: String?

  @Option(
    help: ArgumentHelp(
      "Write this part of the site alone, such as 2/4, into a folder of its own: stoa join puts the parts together.",
      valueName: "part/parts"))
  var part: String?

  @Flag(help: "Treat warnings as errors.")
  var strict = false

  @Flag(help: "Write everything without errors, even if other parts have errors.")
  var keepGoing = false

  @Flag(help: "Print how long each stage took.")
  var timings = false

  func run() async throws {
    let clock = ContinuousClock()
    let start = clock.now
    do {
      let progress = site.common.quiet ? nil : ProgressLine.onTerminal()
      defer { progress?.end() }
      var request = try options()
      if let progress { request.onStage = { progress.begin($0) } }
      let report = try await build(request)
      progress?.end()
      for diagnostic in report.diagnostics where diagnostic.severity > .note || !site.common.quiet {
        Terminal.printError(Terminal.line(for: diagnostic))
      }
      if let advice = report.libraryAdvice { Terminal.printError("note: \(advice)") }
      if report.written != nil, !site.common.quiet, let advice = report.addressAdvice {
        Terminal.printError("note: \(advice)")
      }
      if timings || site.common.verbose { BuildSummary.printStages(of: report) }
      let elapsed = clock.now - start
      if report.written == nil {
        Terminal.printError(
          BuildSummary.refusal(of: report, isStrict: strict, keptGoing: keepGoing))
      } else if !site.common.quiet {
        BuildSummary.print(report, elapsed: elapsed)
      }
      if report.errorCount > 0 { throw ExitStatus.contentErrors }
    } catch {
      throw ExitStatus.report(error)
    }
  }

  /// The build options that the arguments ask for.
  func options() throws -> BuildOptions {
    var options = try site.buildOptions(for: audience)
    options.includesDrafts = drafts
    options.output = output
    if let baseURL {
      do throws(SiteURL.Problem) {
        options.baseURL = try SiteURL.read(baseURL)
      } catch {
        throw UsageError("--base-url: \(error.message); \(error.suggestion)")
      }
    }
    if let part {
      let numbers = part.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
      guard numbers.count == 2, let number = numbers[0], let count = numbers[1],
        let part = BuildOptions.Part(number, of: count)
      else {
        throw UsageError(
          "--part: “\(part)” is no part of a site; write one such as 2/4, the second of four")
      }
      guard output != nil else {
        throw UsageError("--part needs a folder of its own: add --output site-part-\(number)")
      }
      options.part = part
    }
    options.isStrict = strict
    options.keepsGoing = keepGoing
    return options
  }
}
