import ArgumentParser
import Stoa
import StoaEditing
import StoaExternalTools

/// The command that removes a person from the content, and prints how to remove them from git's history.
struct EraseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "erase", abstract: "Remove a person's name and words from the community.",
    discussion: """
      Removes the person's posts and responses (a line stays in place of those that have answers), and their name from other \
      people's documents. Then builds the site in a separate folder, searches it for traces, and prints commands for git's \
      history.
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

          Commit this and build the site again. The commands below remove everything from git's history; after that, everybody
          has to clone the repository again:

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
