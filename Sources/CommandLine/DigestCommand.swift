import ArgumentParser
import Stoa
import StoaAddresses
import StoaModel

/// The command that writes the digest of a month.
struct DigestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "digest",
    abstract: "Write what happened in a month, to be sent to people.",
    discussion: """
      The content of the month's page below /digest/: new and continued conversations, answers, new authors, new practices, and \
      conversations that wait. eml is a message without sender and recipients, which mail programs \
      open as a draft.
      """)

  @OptionGroup var site: SiteOptions

  @Option(help: "Write what this audience sees (default: the widest).")
  var audience: String?

  @Option(name: .shortAndLong, help: "The site's address (default: url of stoa.yml).")
  var baseURL: String?

  @Option(help: "The month, such as 2026-06 (default: the last one that is over).")
  var month: String?

  @Option(help: "\(DigestFormat.allCases.map(\.rawValue).joined(separator: ", ")).")
  var format = DigestFormat.markdown

  func run() async throws {
    do {
      var options = try site.buildOptions(for: audience)
      options.baseURL = try baseURL.map { try SiteURL.read($0) }
      var wanted: CalendarMonth?
      if let month {
        guard let read = CalendarMonth(month) else {
          throw UsageError("“\(month.printable)” is not a month: write one such as 2026-06")
        }
        wanted = read
      }
      let text = try await digest(of: wanted, as: format, options)
      Terminal.print(String(decoding: text, as: UTF8.self), terminator: "")
    } catch {
      throw ExitStatus.report(error)
    }
  }
}

extension DigestFormat: ExpressibleByArgument {}
