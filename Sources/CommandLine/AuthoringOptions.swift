import ArgumentParser
import Stoa
import StoaAuthoring
import StoaExternalTools
import StoaSystem

/// Options of every command that makes a file.
struct AuthoringOptions: ParsableArguments {
  @Option(help: "The folder of stoa.yml (default: found from the working folder upwards).")
  var source: String?

  @Flag(help: "Do not open the file in $VISUAL or $EDITOR.")
  var noEditor = false

  /// How to set the name in git, which new files use as their author.
  static let introduction = "git config --global user.name \"Ada Lovelace\""

  func context() async throws -> AuthoringContext {
    try await AuthoringContext(
      root: try CommunityFolder.find(source), git: ToolFinder.onPath("git"),
      seconds: try Machine.now(), jobs: Machine.coreCount)
  }

  func make(_ item: NewItem, title: String, slug: String?) async throws {
    do {
      let context = try await context()
      present(try context.make(item, title: title, slug: slug), in: context)
    } catch {
      throw ExitStatus.report(error)
    }
  }

  /// Prints a file's path, and opens the file.
  func present(_ text: NewText, in context: AuthoringContext) {
    let path = "\(context.root)/\(text.file)"
    Terminal.print(CommunityFolder.shown(path))
    if text.hasPlaceholder {
      Terminal.printError(
        """
        Write your name in place of “Your Name” there, and tell git, so that the next file has it:
          \(Self.introduction)
        """)
    }
    if !noEditor { TextEditor.open(path) }
  }
}
