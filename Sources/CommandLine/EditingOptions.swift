import ArgumentParser
import Stoa
import StoaEditing

/// Options of every command that changes content.
struct EditingOptions: ParsableArguments {
  @OptionGroup var common: CommonOptions

  @Flag(help: "Print the changes without making them.")
  var dryRun = false

  /// Reads the community, makes a plan, and applies it.
  func run(_ plan: (EditableCommunity) throws -> EditPlan) async throws {
    do {
      let options = BuildOptions(root: try CommunityFolder.find(common.source))
      let plan = try plan(try await EditableCommunity(options))
      if !dryRun { try plan.apply(in: options.root) }
      guard !common.quiet else { return }
      for line in plan.lines { Terminal.print(line.printable) }
    } catch {
      throw ExitStatus.report(error)
    }
  }
}
