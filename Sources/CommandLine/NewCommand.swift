import ArgumentParser
import Stoa
import StoaAuthoring
import StoaModel
import StoaSystem

/// The commands that make a post, page, topic or contributor.
struct NewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Make the file of a post, page, topic or contributor.",
    subcommands: [PostCommand.self, PageCommand.self, TopicCommand.self, ContributorCommand.self])

  /// Arguments for items with a title, from which their name is made.
  struct TitledItem: ParsableArguments {
    @OptionGroup var authoring: AuthoringOptions
    @Option(
      help: "The file's name without .md, which becomes the address (default: from the title).")
    var slug: String?
    @Argument(help: "The title.") var title: String

    func make(_ item: NewItem) async throws {
      try await authoring.make(item, title: title, slug: slug)
    }
  }

  struct PostCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "post", abstract: "Make a post, dated today and signed with your name.")

    @OptionGroup var item: TitledItem
    @Option(help: "article, question or practice.") var kind = Post.Kind.article
    @Flag(help: "Mark it as a draft, which only builds with --drafts show.") var draft =
      false

    @Option(
      help: ArgumentHelp(
        "The post or response in which it began: post, or post#response. It is named, and quoted at the top.",
        valueName: "post#response"))
    var from: String?

    func run() async throws {
      do {
        let context = try await item.authoring.context()
        let origin = try from.map { try context.origin($0, from: Machine.workingFolder) }
        let text = try context.make(
          .post(kind: kind, isDraft: draft, origin: origin), title: item.title, slug: item.slug)
        item.authoring.present(text, in: context)
      } catch {
        throw ExitStatus.report(error)
      }
    }
  }

  struct PageCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "page", abstract: "Make a page, such as one about the community.")

    @OptionGroup var item: TitledItem

    func run() async throws {
      try await item.make(.page)
    }
  }

  struct TopicCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "topic",
      abstract: "Make a topic's file, for a description, a parent, or a reading path.")

    @OptionGroup var item: TitledItem

    func run() async throws {
      try await item.make(.topic)
    }
  }

  struct ContributorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "contributor",
      abstract: "Make a contributor's file, for a description of the person."
    )

    @OptionGroup var authoring: AuthoringOptions
    @Option(name: [.long, .customLong("handle")], help: "The handle (default: from the name).")
    var slug: String?
    @Argument(help: "The name.") var name: String

    func run() async throws {
      try await authoring.make(.contributor, title: name, slug: slug)
    }
  }
}

extension Post.Kind: ExpressibleByArgument {}
