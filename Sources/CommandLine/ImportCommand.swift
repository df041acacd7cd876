public import ArgumentParser
import Stoa
public import StoaImport
import StoaSystem
import StoaWrite

/// The command that brings conversations over from other tools.
struct ImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Bring posts and their conversations over from another tool.",
    discussion: """
      Run it as often as you like: a second run changes nothing, and a file that somebody has edited or taken away since \
      stays as it is.
      """)

  @Argument(help: "Where it comes from: wordpress, disqus or staticman.")
  var source: ImportOptions.Kind

  @Argument(help: "The exported file; for Staticman the folder of the Jekyll or Hugo site.")
  var path: String

  @Option(help: "The community's folder (default: found from the working folder upwards).")
  var into: String?

  @Flag(help: "Read and report, but write nothing.")
  var dryRun = false

  @Option(help: "Write a report on every item here: JSON if the name ends with .json, else text.")
  var report: String?

  @Option(help: "Who wrote posts that name nobody.")
  var author: String?

  @Option(
    help: "A name under which a contributor, and nobody else, wrote comments; may be repeated.")
  var contributor: [String] = []

  @Flag(help: "Take comments that wait for approval too.")
  var pending = false

  @Flag(
    name: .customLong("keep-html"),
    help: "Leave HTML as it is instead of turning it into markdown by pandoc.")
  var keepHTML = false

  @Option(help: "What tells this source from others of its kind (default: what it calls itself).")
  var site: String?

  @Option(
    help:
      "Staticman: the folder of comments below the site's (default: where Jekyll and Hugo have it)."
  )
  var comments: String?

  @Option(
    help: "Staticman: the key that names what a comment answers (default: those in common use).")
  var replyKey: String?

  @Option(help: "WordPress: a copy of wp-content/uploads, from which attachments are taken.")
  var uploads: String?

  @Flag(name: .shortAndLong, help: "Print only what is wrong.")
  var quiet = false

  func run() async throws {
    do {
      let result = try await importConversations(options())
      if Terminal.errorIsTerminal { Terminal.clearProgress() }
      if let report { try write(result, to: Machine.absolute(report)) }
      if !quiet { Terminal.print(result.text(listsAll: false), terminator: "") }
    } catch let failure as ImportFailure {
      Terminal.printError("stoa: \(failure)")
      throw ExitStatus.contentErrors
    } catch {
      throw ExitStatus.report(error)
    }
  }

  private func options() throws -> ImportOptions {
    let folder = try into ?? CommunityFolder.find(nil)
    var options = ImportOptions(source, from: path, into: folder)
    options.isDryRun = dryRun
    options.keepsHTML = keepHTML
    options.includesPending = pending
    options.site = site
    options.author = author
    options.contributors = contributor
    options.replyKey = replyKey
    options.commentsFolder = comments
    options.uploads = uploads
    if Terminal.errorIsTerminal, !quiet {
      options.progress = { items in
        if items.isMultiple(of: 50) { Terminal.showProgress("\(items) items") }
      }
    }
    return options
  }

  private func write(_ result: ImportReport, to path: String) throws {
    let text = path.hasSuffix(".json") ? result.json : result.text(listsAll: true)
    try FileSystem.replace(path, with: Array(text.utf8), temporary: "\(path).stoa-tmp")
  }
}

extension ImportOptions.Kind: ExpressibleByArgument {}
