internal import ArgumentParser
internal import Stoa
internal import StoaAuthoring
internal import StoaModel

/// The commands that make a post, page, topic or contributor.
internal struct NewCommand: ParsableCommand {
  internal static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Make the file of a post, page, topic or contributor.",
    subcommands: [PostCommand.self, PageCommand.self, TopicCommand.self, ContributorCommand.self])

  /// What has a title, and a name made of it.
  internal struct TitledItem: ParsableArguments {
    @OptionGroup internal var authoring: AuthoringOptions
    @Option(
      help: "The file's name without .md, which becomes the address (default: from the title).")
    internal var slug: String?
    @Argument(help: "The title.") internal var title: String

    internal func make(_ item: NewItem) async throws {
      try await authoring.make(item, title: title, slug: slug)
    }
  }

  internal struct PostCommand: AsyncParsableCommand {
    internal static let configuration = CommandConfiguration(
      commandName: "post", abstract: "Make a post, dated today and signed with your name.")

    @OptionGroup internal var item: TitledItem
    @Option(help: "article, question or practice.") internal var kind = Post.Kind.article
    @Flag(help: "Mark it as a draft, which only builds with --drafts show.") internal var draft =
      false

    internal func run() async throws {
      try await item.make(.post(kind: kind, isDraft: draft))
    }
  }

  internal struct PageCommand: AsyncParsableCommand {
    internal static let configuration = CommandConfiguration(
      commandName: "page", abstract: "Make a page, such as one about the community.")

    @OptionGroup internal var item: TitledItem

    internal func run() async throws {
      try await item.make(.page)
    }
  }

  internal struct TopicCommand: AsyncParsableCommand {
    internal static let configuration = CommandConfiguration(
      commandName: "topic",
      abstract: "Make a topic's file: for a description, a parent, or an order to read in.")

    @OptionGroup internal var item: TitledItem

    internal func run() async throws {
      try await item.make(.topic)
    }
  }

  internal struct ContributorCommand: AsyncParsableCommand {
    internal static let configuration = CommandConfiguration(
      commandName: "contributor", abstract: "Make a contributor's file: for a few words about them."
    )

    @OptionGroup internal var authoring: AuthoringOptions
    @Option(name: [.long, .customLong("handle")], help: "The handle (default: from the name).")
    internal var slug: String?
    @Argument(help: "The name.") internal var name: String

    internal func run() async throws {
      try await authoring.make(.contributor, title: name, slug: slug)
    }
  }
}

extension Post.Kind: ExpressibleByArgument {}
