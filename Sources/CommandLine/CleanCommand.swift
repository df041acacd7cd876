import ArgumentParser
import StoaExternalTools
import StoaSystem
import StoaWrite

/// The command that removes what builds wrote.
struct CleanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clean", abstract: "Remove what builds wrote.")

  @OptionGroup var common: CommonOptions

  @Option(name: .shortAndLong, help: "The site's folder (default: site).")
  var output: String?

  func run() throws {
    do {
      let root = try CommunityFolder.find(common.source)
      let folder = output.map(Machine.absolute) ?? "\(root)/site"
      let removed = try clean(folder, contentRoot: root)
      CacheFolder(root: root).remove()
      if !common.quiet { Terminal.print("removed  \(removed)") }
    } catch {
      throw ExitStatus.report(error)
    }
  }
}
