import ArgumentParser
import Stoa
import StoaEditing
import StoaSystem

/// The command that shares a text with more people, or with fewer.
struct ShareCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "share", abstract: "Share a post, page or response more widely, or less.",
    discussion: """
      Sharing more widely needs the agreement of all authors; a pull request without it fails the check. Responses keep their \
      audience, unless their own authors agree.
      """)

  @OptionGroup var editing: EditingOptions

  @Option(
    name: .customLong("agreed-by"),
    help: ArgumentHelp(
      "A person who agrees, for everything that they wrote in this conversation; may be repeated.",
      valueName: "name"))
  var agreedBy: [String] = []

  @Argument(help: "The post, page or response: slug, slug#response-id, or a path.")
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
