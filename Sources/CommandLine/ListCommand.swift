import ArgumentParser
import Stoa
import StoaModel

/// The command that lists what waits for somebody.
struct ListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List drafts, scheduled items, unanswered posts, or guests' responses.",
    discussion:
      "One a line, newest first: the date, the file, and a title or name, with tabs between.")

  @OptionGroup var site: SiteOptions

  @Option(help: "List what this audience sees (default: the narrowest, which sees the most).")
  var audience: String?

  @Argument(help: "drafts, scheduled, unanswered or guests.")
  var listing: Listing

  func run() async throws {
    do {
      let options = try site.buildOptions(for: audience)
      for entry in try await list(listing, options) {
        let date = entry.date?.day.description ?? "no date"
        Terminal.print("\(date)\t\(entry.file)\t\(entry.text.printable)")
      }
    } catch {
      throw ExitStatus.report(error)
    }
  }
}

extension Listing: ExpressibleByArgument {}
