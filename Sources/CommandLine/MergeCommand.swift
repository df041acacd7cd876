import ArgumentParser
import Stoa
import StoaEditing

/// The command that merges two topics or contributors into one.
struct MergeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Merge two topics or two contributors.",
    discussion: "The second one remains, and gets the names and the address of the first.")

  @OptionGroup var editing: EditingOptions

  @Argument(help: "topic or contributor.")
  var kind: NamedKind

  @Argument(help: "The one to merge, by any of its names.")
  var old: String

  @Argument(help: "The one that remains.")
  var new: String

  func run() async throws {
    try await editing.run { try $0.planMerge(kind, old, into: new) }
  }
}

extension NamedKind: ExpressibleByArgument {}
