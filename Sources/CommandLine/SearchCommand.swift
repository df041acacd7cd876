import ArgumentParser
import Stoa
import StoaAddresses
import StoaModel
import StoaSearch

/// The command that searches as the site's search page does.
struct SearchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Search posts, responses and pages, ranked as on the site's search page.",
    discussion: """
      Prints, for each page, its title, and below it the address, the author and the date of the document that matches best, \
      and a sentence from it. Nothing is built or written.
      """)

  @OptionGroup var site: SiteOptions

  @Option(help: "Search what this audience sees (default: the narrowest, which sees the most).")
  var audience: String?

  @Option(help: "Only conversations with this topic.")
  var topic: String = ""

  @Option(help: "Only what this contributor wrote.")
  var by: String = ""

  @Option(help: "Only this kind: \(CommunitySearch.kinds.joined(separator: ", ")).")
  var kind: String = ""

  @Option(help: "Only documents in this language, such as de.")
  var language: String = ""

  @Flag(help: "Sort by date, newest first.")
  var newest = false

  @Option(help: "How many results to print.")
  var limit = 10

  @Argument(help: "The words to search for.")
  var words: [String]

  func run() async throws {
    do {
      var filter = CommunitySearch.Filter()
      filter.topic = topic
      filter.person = by
      filter.kind = kind
      filter.language = language
      guard limit > 0 else { throw UsageError("--limit takes a number from 1 on") }
      let search = try await searching(try site.buildOptions(for: audience))
      // The arguments are complete: the last word is not a prefix.
      let (answer, hits) = try search.search(
        words.joined(separator: " ") + " ", filter, byDate: newest, limit: limit)
      for (word, other) in answer.instead {
        Terminal.printError(
          "“\(word.printable)” was not found; these are the results for “\(other.printable)”")
      }
      for word in answer.nowhere { Terminal.printError("“\(word.printable)” occurs nowhere") }
      if answer.isApart {
        Terminal.printError("no result has all of these words; these have some of them")
      }
      if hits.isEmpty { Terminal.printError("no results") }
      for hit in hits { print(hit) }
      if answer.results.count > hits.count, !site.common.quiet {
        Terminal.printError("\(hits.count) of \(answer.results.count); --limit shows more")
      }
    } catch {
      throw ExitStatus.report(error)
    }
  }

  private func print(_ hit: CommunitySearch.Hit) {
    Terminal.print(Terminal.styled(hit.title.printable, .bold, onError: false))
    Terminal.print("  \(hit.address.encoded())")
    let parent = hit.parent.isEmpty ? "" : "in reply to \(hit.parent)"
    let more = hit.more > 0 ? "\(hit.more) more here" : ""
    let notes = [hit.names, parent, hit.date?.day.description ?? "", more].filter { !$0.isEmpty }
    if !notes.isEmpty { Terminal.print("  \(notes.joined(separator: " · ").printable)") }
    if !hit.sentence.isEmpty { Terminal.print("  \(hit.sentence.printable)") }
  }
}
