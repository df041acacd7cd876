import ArgumentParser
import Stoa
import StoaImport
import StoaSystem
import StoaWrite

/// The command that imports conversations from other tools, with a subcommand and options for each tool.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Import posts and their conversations from another tool.",
    discussion: """
      You can repeat an import: files that somebody has edited or deleted since the last one stay as they are.
      """,
    subcommands: [
      WordPressCommand.self, DisqusCommand.self, StaticmanCommand.self, VaultCommand.self,
      DiscussionsCommand.self, MailCommand.self, DiscourseCommand.self, CommentsCommand.self,
    ])

  /// An export of WordPress.
  struct WordPressCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "wordpress", abstract: "Import an export of WordPress.")

    @Argument(help: "The exported XML file.")
    var path: String

    @OptionGroup var shared: SharedOptions

    @OptionGroup var xml: XMLOptions

    @Option(help: "A copy of wp-content/uploads, for attachments.")
    var uploads: String?

    func run() async throws {
      try await shared.run(.wordpress, path) {
        $0.uploads = uploads
        $0.repairs = xml.repair
      }
    }
  }

  /// An export of Disqus.
  struct DisqusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "disqus", abstract: "Import an export of Disqus.")

    @Argument(help: "The exported XML file.")
    var path: String

    @OptionGroup var shared: SharedOptions
    @OptionGroup var people: PeopleOptions
    @OptionGroup var xml: XMLOptions

    func run() async throws {
      try await shared.run(.disqus, path) {
        $0.contributors = people.contributor
        $0.repairs = xml.repair
      }
    }
  }

  /// A site that kept its comments with Staticman.
  struct StaticmanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "staticman",
      abstract: "Import a Jekyll or Hugo site, with comments that Staticman kept.",
      aliases: ["hugo", "jekyll"])

    @Argument(help: "The folder of the Jekyll or Hugo site.")
    var path: String

    @OptionGroup var shared: SharedOptions
    @OptionGroup var people: PeopleOptions

    @Option(
      help:
        "The folder of comments, relative to the site's (default: the usual one of Jekyll or Hugo)."
    )
    var comments: String?

    @Option(help: "The key with the parent of a comment (default: the common ones).")
    var replyKey: String?

    func run() async throws {
      try await shared.run(.staticman, path) {
        $0.contributors = people.contributor
        $0.commentsFolder = comments
        $0.replyKey = replyKey
      }
    }
  }

  /// A folder of notes.
  struct VaultCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "vault",
      abstract:
        "Bring over a folder of notes: of Obsidian, Foam, Logseq, Quartz, or plain markdown.",
      aliases: ["obsidian", "logseq", "foam", "quartz"])

    @Argument(help: "The folder of the notes.")
    var path: String

    @OptionGroup var shared: SharedOptions

    @Flag(help: "Put all posts into one folder, instead of folders like those of the vault.")
    var flatten = false

    func run() async throws {
      try await shared.run(.vault, path) { $0.flattens = flatten }
    }
  }

  /// GitHub's discussions.
  struct DiscussionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "discussions",
      abstract: "Bring over GitHub's discussions, which giscus keeps comments in, too.",
      aliases: ["giscus"])

    @Argument(help: "The file that gh api graphql wrote.")
    var path: String

    @OptionGroup var shared: SharedOptions

    func run() async throws { try await shared.run(.discussions, path) { _ in } }
  }

  /// An archive of a mailing list.
  struct MailCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "mbox", abstract: "Bring over the archive of a mailing list.")

    @Argument(help: "The file in the format mbox.")
    var path: String

    @OptionGroup var shared: SharedOptions

    func run() async throws { try await shared.run(.mbox, path) { _ in } }
  }

  /// Topics of a forum.
  struct DiscourseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "discourse", abstract: "Bring over topics of Discourse.")

    @Argument(help: "The folder of the topics' JSON.")
    var path: String

    @OptionGroup var shared: SharedOptions

    func run() async throws { try await shared.run(.discourse, path) { _ in } }
  }

  /// JSON Lines, the format for every other source.
  struct CommentsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "comments",
      abstract: "Bring over conversations of any tool, from JSON Lines.")

    @Argument(help: "The file of JSON Lines.")
    var path: String

    @OptionGroup var shared: SharedOptions
    @OptionGroup var people: PeopleOptions

    func run() async throws {
      try await shared.run(.comments, path) { $0.contributors = people.contributor }
    }
  }

  /// How to treat authors of comments without an account.
  struct PeopleOptions: ParsableArguments {
    @Option(
      help: "A name that only a contributor used for comments; may be repeated.")
    var contributor: [String] = []
  }

  /// Help about sources in XML.
  struct XMLOptions: ParsableArguments {
    @Flag(help: "Take out control characters, which XML cannot hold.")
    var repair = false
  }

  /// Options of every import.
  struct SharedOptions: ParsableArguments {
    @Option(help: "The community's folder (default: found from the working folder upwards).")
    var into: String?

    @Flag(help: "Read and report, but write nothing.")
    var dryRun = false

    @Option(
      help:
        "Write a report on every item to this file: JSON if its name ends with .json, otherwise text."
    )
    var report: String?

    @Option(help: "The author of posts that have none.")
    var author: String?

    @Flag(help: "Import comments in moderation, too.")
    var pending = false

    @Flag(
      name: .customLong("keep-html"),
      help: "Keep HTML instead of converting it to markdown with pandoc.")
    var keepHTML = false

    @Option(
      help: "A name for this source, if you import several (default: its own title).")
    var site: String?

    @Option(
      help:
        "How people's names appear: unchanged (keep), as initials (initials), or unchanged only for people with a contributor's file (members).",
      transform: { text in
        guard let names = ImportOptions.Names(rawValue: text) else {
          throw ValidationError("--names takes keep, initials or members")
        }
        return names
      })
    var names = ImportOptions.Names.keep

    @Option(
      help: "An address of the old site, if the source does not name it; may be repeated.")
    var oldSite: [String] = []

    @Flag(name: .shortAndLong, help: "Print only what is wrong.")
    var quiet = false

    /// - Parameter refine: sets the options that only one source has.
    func run(
      _ kind: ImportOptions.Kind, _ path: String, _ refine: (inout ImportOptions) -> Void
    ) async throws {
      do {
        var options = try options(kind, path)
        refine(&options)
        let result = try await importConversations(options)
        if Terminal.errorIsTerminal { Terminal.clearProgress() }
        if let report { try write(result, to: Machine.absolute(report)) }
        if !quiet { Terminal.print(result.text(listsAll: false), terminator: "") }
      } catch let failure as ImportFailure {
        Terminal.printError("stoa: \("\(failure)".printable)")
        throw ExitStatus.contentErrors
      } catch {
        throw ExitStatus.report(error)
      }
    }

    private func options(_ kind: ImportOptions.Kind, _ path: String) throws -> ImportOptions {
      let folder = try into ?? CommunityFolder.find(nil)
      var options = ImportOptions(kind, from: path, into: folder)
      options.isDryRun = dryRun
      options.keepsHTML = keepHTML
      options.includesPending = pending
      options.site = site
      options.author = author
      options.names = names
      options.oldSites = oldSite
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
}
