import ArgumentParser
import Stoa
import StoaSystem

/// Options of every command that reads a community the way a build does.
struct SiteOptions: ParsableArguments {
  @OptionGroup var common: CommonOptions

  @Option(
    help:
      "Build as of this date: later items count as scheduled (default: SOURCE_DATE_EPOCH, else today)."
  )
  var asOf: String?

  @Option(help: "How many worker processes and threads to use (default: one for each core).")
  var jobs: Int?

  /// The date that the build uses as today; without the option it changes at midnight.
  func today() throws -> String { try asOf ?? Machine.today() }

  /// The build options for an audience.
  func buildOptions(for audience: String?) throws -> BuildOptions {
    var options = BuildOptions(root: try CommunityFolder.find(common.source))
    options.audience = audience
    options.asOf = asOf
    if let jobs {
      guard (1...256).contains(jobs) else {
        throw UsageError("--jobs takes a number from 1 to 256")
      }
      options.jobs = jobs
    }
    return options
  }
}
