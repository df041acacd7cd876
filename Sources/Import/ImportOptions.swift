import StoaExternalTools
import StoaLoad
import StoaSystem
import StoaWrite

/// What to import, and how.
///
/// Paths may be relative to the working folder.
public struct ImportOptions: Sendable {
  /// A tool whose posts and conversations can be imported.
  public enum Kind: String, Sendable, CaseIterable {
    /// An export of WordPress: one XML file.
    case wordpress
    /// An export of Disqus: one XML file.
    case disqus
    /// The folder of a Jekyll or Hugo site with comments of Staticman.
    case staticman
    /// JSON Lines, the format for everything else: one file.
    case comments
    /// GitHub's discussions, as its GraphQL gives them: one file of JSON.
    case discussions
    /// An archive of mail: one file in the format mbox.
    case mbox
    /// A folder of topics of Discourse, as its JSON.
    case discourse
    /// A folder of notes in markdown, such as a vault of Obsidian.
    case vault
  }

  /// How people's names appear.
  public enum Names: String, Sendable, CaseIterable {
    /// With the names in the source.
    case keep
    /// Only initials, for everybody.
    case initials
    /// The names of people with a contributor's file; initials for all others.
    case members
  }

  /// The tool that the source comes from.
  public let kind: Kind
  /// The absolute path of the source: a file, or for Staticman the folder of the site.
  public let source: String
  /// The absolute path of the community's folder; if it has no `stoa.yml`, the import writes one.
  public let community: String
  /// Whether nothing is written.
  public var isDryRun = false
  /// Whether HTML stays HTML instead of becoming markdown.
  public var keepsHTML = false
  /// Whether comments in moderation are imported.
  public var includesPending = false
  /// The name that distinguishes sources of one kind; nil for the source's own name.
  public var site: String?
  /// The author of posts that name none.
  public var author: String?
  /// The names that only contributors used for comments.
  public var contributors: [String] = []
  /// The key in comment files that refers to the parent comment; nil for the known keys.
  public var replyKey: String?
  /// The folder of comment files below the source; nil for the default of Jekyll and Hugo.
  public var commentsFolder: String?
  /// The path of a copy of WordPress's `wp-content/uploads`, for attachments.
  public var uploads: String?
  /// How people's names appear.
  public var names = Names.keep
  /// URLs of the old site, besides those in the source: links to its pages become links to the new pages.
  public var oldSites: [String] = []
  /// Whether characters that XML does not allow are removed, instead of refusing the file or the item.
  public var repairs = false
  /// How many children convert HTML at a time.
  public var jobs = Machine.coreCount
  /// The absolute path of pandoc, which converts HTML to markdown; nil to keep HTML.
  ///
  /// The default is the one on the environment's `PATH`.
  public var pandoc: String?
  /// Whether the folders of a vault become one.
  public var flattens = false
  /// The absolute path of git, which has the author and date of each note; nil for no history.
  ///
  /// The default is the one on the environment's `PATH`.
  public var git: String?
  /// Called after each post with the number of items read so far.
  public var progress: @Sendable (_ items: Int) -> Void = { _ in }

  /// Makes the options of an import with default values for all but the source and the community.
  ///
  /// - Parameters:
  ///   - kind: The tool that the source comes from.
  ///   - source: The path of the source: a file, or for Staticman the folder of the site.
  ///   - community: The path of the community's folder.
  public init(_ kind: Kind, from source: String, into community: String) {
    self.kind = kind
    self.source = Machine.absolute(source)
    self.community = Machine.absolute(community)
    pandoc = ToolFinder.onPath("pandoc")
    git = ToolFinder.onPath("git")
  }

  func makeReader(for community: CommunityFacts) throws -> any ConversationReader {
    let dates = SourceDates(reader: community.dates)
    switch kind {
    case .staticman:
      return try StaticmanReader(
        root: source, siteName: site ?? "", commentsFolder: commentsFolder, author: author ?? "",
        dates: dates,
        options: StaticmanComment.Options(
          replyKey: replyKey ?? "", includesPending: includesPending, contributors: contributors))
    case .wordpress:
      return try WordPressReader(
        path: source, siteName: site ?? "", author: author ?? "",
        uploads: uploads.map(Machine.absolute),
        includesPending: includesPending, repairs: repairs, dates: dates)
    case .disqus:
      return try DisqusReader(
        path: source, siteName: site ?? "", author: author ?? "",
        options: DisqusComment.Options(
          dates: dates, includesPending: includesPending, contributors: contributors),
        repairs: repairs)
    case .comments:
      return try LinesReader(
        path: source, siteName: site ?? "",
        options: LinesReader.Options(
          dates: dates, author: author ?? "", includesPending: includesPending,
          contributors: contributors))
    case .discussions:
      return try DiscussionsReader(
        path: source, siteName: site ?? "",
        options: DiscussionsReader.Options(
          dates: dates, author: author ?? "", accounts: community.accounts))
    case .mbox:
      return try MailReader(
        path: source, siteName: site ?? "",
        options: MailReader.Options(dates: dates, author: author ?? ""))
    case .discourse:
      let url = oldSites.first ?? ""
      return try DiscourseReader(
        root: source, siteName: site ?? "",
        options: DiscourseReader.Options(
          dates: dates, author: author ?? "", url: url.hasSuffix("/") ? String(url.dropLast()) : url
        ))
    case .vault:
      return try VaultReader(
        root: source, siteName: site ?? "",
        options: VaultReader.Options(
          dates: dates, author: author ?? "", flattens: flattens, git: git))
    }
  }
}
