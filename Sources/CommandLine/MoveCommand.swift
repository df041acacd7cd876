import ArgumentParser
import Stoa
import StoaEditing
import StoaSystem

/// The command that renames or moves an item.
struct MoveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mv",
    abstract: "Rename or move a post, page, response, topic or contributor, with all references.",
    discussion: """
      Names are written as in wikilinks: slug, slug#response-id, topic:name, @handle. The path of a file works \
      too. The old address redirects to the new one.
      """)

  @OptionGroup var editing: EditingOptions

  @Argument(help: "The item: slug, slug#response-id, topic:name, @handle, or a path.")
  var old: String

  @Argument(help: "Its new name or path; a response may move to another post.")
  var new: String

  func run() async throws {
    try await editing.run { try $0.planMove(of: old, to: new, from: Machine.workingFolder) }
  }
}
