import ArgumentParser
import Stoa
import StoaSystem

/// The command that puts the parts of a site together.
struct JoinCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "join", abstract: "Put the parts of a site together.",
    discussion: """
      Each part comes from stoa build --part, of the same commit, with the same options and the same program. Nothing is written \
      unless all parts are there, each once, and as their builds left them.
      """)

  @Argument(help: "The folders of the parts, in any order.")
  var parts: [String]

  @Option(name: .shortAndLong, help: "Write the site here.")
  var output = "site"

  @Flag(name: .shortAndLong, help: "Print only what is wrong.")
  var quiet = false

  func run() async throws {
    do {
      let report = try await join(
        parts, into: output, root: try? CommunityFolder.find(nil))
      guard !quiet else { return }
      Terminal.print("written    \(report.written.count)")
      Terminal.print("unchanged  \(report.unchanged)")
      Terminal.print("removed    \(report.removed.count)")
    } catch {
      throw ExitStatus.report(error)
    }
  }
}
