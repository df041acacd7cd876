import ArgumentParser
import Stoa
import StoaEditing
import StoaSystem

/// The command that shares a text with more people, or with fewer.
struct ShareCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "share", abstract: "Share a post, page or response more widely, or less.",
    discussion: """
      Sharing more widely needs the agreement of everybody whose words it is; a proposal without it fails the check. What \
      answers the text keeps the audience that it has, unless its own author agrees.
      """)

  @OptionGroup var editing: EditingOptions

  @Option(
    name: .customLong("agreed-by"),
    help: ArgumentHelp(
      "Somebody who agrees, for all that they wrote in this conversation; may be given several times.",
      valueName: "name"))
  var agreedBy: [String] = []

  @Argument(help: "What is shared: slug, slug#response-id, or a path.")
  var item: String

  @Argument(help: "With whom: one of the audiences of stoa.yml.")
  var audience: String

  func run() async throws {
    try await editing.run {
      try $0.planSharing(
        of: item, with: audience, agreedBy: agreedBy, from: Machine.workingFolder)
    }
  }
}
