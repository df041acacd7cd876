internal import ArgumentParser
internal import Stoa
internal import StoaAuthoring

/// What every command that makes a file takes.
internal struct AuthoringOptions: ParsableArguments {
  @Option(help: "The folder of stoa.yml (default: found from the working folder upwards).")
  internal var source: String?

  @Flag(help: "Do not open the file in $VISUAL or $EDITOR.")
  internal var noEditor = false

  internal static let unknownName =
    "Write your name in place of “Your Name”, or let git know it: git config --global user.name"

  internal func workshop() async throws -> Workshop {
    try await Workshop(
      root: try CommunityFolder.find(source), git: Machine.program("git"),
      seconds: try Machine.now(), jobs: Machine.coreCount)
  }

  internal func make(_ item: NewItem, title: String, slug: String?) async throws {
    do {
      let workshop = try await workshop()
      let file = try workshop.make(item, title: title, slug: slug)
      present(file, in: workshop, hasPlaceholder: item.isSigned && workshop.authorIsUnknown)
    } catch {
      throw ExitStatus.report(error)
    }
  }

  /// Says where the file is, and opens it.
  ///
  /// - Parameter hasPlaceholder: whether it holds “Your Name” for want of a better one.
  internal func present(_ file: String, in workshop: Workshop, hasPlaceholder: Bool) {
    let path = "\(workshop.root)/\(file)"
    Terminal.print(CommunityFolder.shown(path))
    if hasPlaceholder { Terminal.printError(Self.unknownName) }
    if !noEditor { TextEditor.open(path) }
  }
}
