internal import ArgumentParser
internal import Stoa
internal import StoaAuthoring
internal import StoaExternalTools
internal import StoaSystem

/// What every command that makes a file takes.
internal struct AuthoringOptions: ParsableArguments {
  @Option(help: "The folder of stoa.yml (default: found from the working folder upwards).")
  internal var source: String?

  @Flag(help: "Do not open the file in $VISUAL or $EDITOR.")
  internal var noEditor = false

  /// How to be known to git, whose name for a person is the one that new files carry.
  internal static let introduction = "git config --global user.name \"Ada Lovelace\""

  internal func workshop() async throws -> Workshop {
    try await Workshop(
      root: try CommunityFolder.find(source), git: ToolFinder.onPath("git"),
      seconds: try Machine.now(), jobs: Machine.coreCount)
  }

  internal func make(_ item: NewItem, title: String, slug: String?) async throws {
    do {
      let workshop = try await workshop()
      present(try workshop.make(item, title: title, slug: slug), in: workshop)
    } catch {
      throw ExitStatus.report(error)
    }
  }

  /// Says where a file is, and opens it.
  internal func present(_ text: NewText, in workshop: Workshop) {
    let path = "\(workshop.root)/\(text.file)"
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
