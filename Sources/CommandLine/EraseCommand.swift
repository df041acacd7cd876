import ArgumentParser
import Stoa
import StoaEditing
import StoaExternalTools

/// The command that removes a person from the content, and prints how to remove them from git's history.
struct EraseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "erase", abstract: "Remove a person's name and words from the community.",
    discussion: """
      Their posts and responses go, or leave a line in their place where something answers them; their name leaves what others \
      wrote. The site is then built beside everything and searched for traces, and a recipe for git's history is printed.
      """)

  @OptionGroup var common: CommonOptions

  @Flag(help: "Print the changes without making them.")
  var dryRun = false

  @Option(help: "The reason that readers see where a removed document had replies.")
  var reason = "taken back by its author"

  @Option(
    name: .customLong("as"), help: "The text that replaces the name in other people's documents.")
  var word = "somebody"

  @Argument(help: "The person: a contributor by handle, name or alias, or a guest by name.")
  var person: String

  func run() async throws {
    do {
      let options = BuildOptions(root: try CommunityFolder.find(common.source))
      let community = try await EditableCommunity(options, readsHistory: true)
      let erasure = try community.planErasure(of: person, reason: reason, word: word)
      for line in erasure.plan.lines where !common.quiet { Terminal.print(line.printable) }
      var traces: [String] = []
      if !dryRun {
        try erasure.plan.apply(in: options.root)
        traces = try await erasure.traces(in: community)
        CacheFolder(root: options.root).remove()
      }
      if !common.quiet {
        Terminal.print(
          """

          Commit this, build the site anew, and tell everybody to clone anew after this, which takes it all out of git's history:

          """)
        Terminal.print(erasure.recipe)
      }
      for trace in traces { Terminal.printError("stoa: \(trace.printable) still has a trace") }
      if !traces.isEmpty { throw ExitStatus.contentErrors }
    } catch {
      throw ExitStatus.report(error)
    }
  }
}
