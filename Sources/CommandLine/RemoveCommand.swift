import ArgumentParser
import Stoa
import StoaEditing
import StoaSystem

/// The command that removes a post or response.
struct RemoveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Remove a post or response.",
    discussion: """
      If a document answers it or refers to it, a line with the reason stays in its place; otherwise its file is deleted.
      """)

  @OptionGroup var editing: EditingOptions

  @Option(help: "The reason that readers see.")
  var reason: String

  @Argument(help: "The post or response: slug, slug#response-id, or a path.")
  var item: String

  func run() async throws {
    try await editing.run {
      try $0.planRemoval(of: item, reason: reason, from: Machine.workingFolder)
    }
  }
}
