import ArgumentParser
import StoaAuthoring
import StoaSystem

/// The command that makes a response.
struct ReplyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reply", abstract: "Make the file of a response to a post.",
    discussion: """
      You sign with the name that git has for you (git config user.name), or with your handle if a contributor's file has \
      that name. The file's path is printed, so that an editor can be given it: $EDITOR "$(stoa reply welcome)".
      """)

  @OptionGroup var authoring: AuthoringOptions

  @Option(help: ArgumentHelp("Answer this response instead of the post.", valueName: "response"))
  var to: String?

  @Option(
    name: .customLong("as"),
    help: ArgumentHelp("Sign as this contributor, by handle or name.", valueName: "handle"))
  var handle: String?

  @Argument(
    help:
      "The post: its file's name without .md, the beginning of its title, its path or its address.")
  var post: String

  func run() async throws {
    do {
      let context = try await authoring.context()
      let text = try context.reply(
        to: post, response: to, as: handle, from: Machine.workingFolder)
      authoring.present(text, in: context)
    } catch {
      throw ExitStatus.report(error)
    }
  }
}
