import ArgumentParser
import Stoa
import StoaExport
import StoaModel
import StoaSystem

/// The command that writes a community for other programs.
struct ExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write what an audience sees into a file for other programs.",
    discussion: """
      json: JSON Lines, which stoa import comments reads. sqlite: a database of SQLite, with a table for each kind of item. \
      wxr: WordPress's export, which WordPress takes back. Drafts, what is \
      scheduled and what the audience may not see are in none of them.
      """)

  @OptionGroup var site: SiteOptions

  @Option(help: "Write what this audience sees (default: the widest, which sees the least).")
  var audience: String?

  @Option(help: "A folder into which the files beside posts are copied.")
  var files: String?

  @Option(
    help: "The URL at which the site is published (default: that in stoa.yml).")
  var baseURL: String?

  @Argument(
    help: ArgumentHelp(
      "\(ExportFormat.allCases.dropLast().map(\.rawValue).joined(separator: ", ")) or \(ExportFormat.allCases.last?.rawValue ?? "")."
    ))
  var format: ExportFormat

  @Argument(help: "The file to write.")
  var file: String

  func run() async throws {
    do {
      var options = try site.buildOptions(for: audience)
      options.baseURL = baseURL
      let report = try await export(
        format, options, to: Machine.absolute(file), files: files.map(Machine.absolute))
      if !site.common.quiet {
        var counts = [
          "\(report.posts) posts and pages", "\(report.responses) responses",
          "\(report.people) people with a file", "\(report.topics) topics with a file",
        ]
        if files != nil { counts.append("\(report.files) files") }
        Terminal.print("\(file): \(counts.joined(separator: ", "))")
      }
    } catch {
      throw ExitStatus.report(error)
    }
  }
}

extension ExportFormat: ExpressibleByArgument {}
