import ArgumentParser
import Stoa
import StoaModel

/// The command that lists open work: unanswered questions, drafts, scheduled posts and others.
struct ListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List open work, or show which lists there are.",
    discussion: """
      Prints one entry on each line, newest first, in fields separated by tabs: the date, the file, and a title, a name or a \
      reason. Without an argument, prints the number of entries in each list.
      """)

  @OptionGroup var site: SiteOptions

  @Option(help: "List what this audience sees (default: the narrowest, which sees the most).")
  var audience: String?

  @Argument(
    help: ArgumentHelp(
      "\(Listing.allCases.dropLast().map(\.rawValue).joined(separator: ", ")) or \(Listing.allCases.last?.rawValue ?? ""). Without one: the number of entries in each."
    ))
  var listing: Listing?

  func run() async throws {
    do {
      let options = try site.buildOptions(for: audience)
      guard let listing else {
        for (listing, entries) in try await lists(options) {
          Terminal.print("\(listing.rawValue)\t\(entries.count)\t\(listing.summary)")
        }
        return
      }
      for entry in try await list(listing, options) {
        let date = entry.date?.day.description ?? "no date"
        Terminal.print("\(date)\t\(entry.file.printable)\t\(entry.text.printable)")
      }
    } catch {
      throw ExitStatus.report(error)
    }
  }
}

extension Listing: ExpressibleByArgument {}
