internal import StoaLoad
internal import StoaWrite

/// What an import is asked for.
package struct ImportOptions: Sendable {
  package enum Kind: String, Sendable, CaseIterable {
    case wordpress
    case disqus
    case staticman
  }

  package let kind: Kind
  /// The absolute path of the source: a file, or for Staticman the site's folder.
  package let source: String
  /// The absolute path of the community's folder.
  package let into: String
  package var isDryRun = false
  /// Whether HTML stays HTML.
  package var keepsHTML = false
  package var includesPending = false
  /// What tells sources of one kind apart; empty: what the source calls itself.
  package var site = ""
  /// Who wrote posts that name nobody.
  package var author = ""
  /// Names under which contributors, and nobody else, wrote comments.
  package var contributors: [String] = []
  /// The key of comment files that names what a comment answers; empty: the known ones.
  package var replyKey = ""
  /// The folder of comment files below the source, if it is not where tools put it.
  package var commentsFolder: String?
  /// A copy of WordPress's wp-content/uploads.
  package var uploads: String?
  /// The absolute path of pandoc, which converts HTML; nil when it is not installed.
  package var pandoc: String?
  /// Whether the community has a stoa.yml; if not, the import writes one.
  package var hasSettings: Bool
  /// Called now and then with what has been done.
  package var progress: @Sendable (_ items: Int) -> Void = { _ in }

  package init(kind: Kind, source: String, into: String, hasSettings: Bool, pandoc: String?) {
    self.kind = kind
    self.source = source
    self.into = into
    self.hasSettings = hasSettings
    self.pandoc = pandoc
  }

  func makeReader(for community: CommunityFacts) throws -> any ConversationReader {
    let dates = SourceDates(reader: community.dates)
    switch kind {
    case .staticman:
      return try StaticmanReader(
        root: source, siteName: site, commentsFolder: commentsFolder, author: author, dates: dates,
        options: StaticmanComment.Options(
          replyKey: replyKey, includesPending: includesPending, contributors: contributors))
    case .wordpress:
      return try WordPressReader(
        path: source, siteName: site, author: author, uploads: uploads,
        includesPending: includesPending, dates: dates)
    case .disqus:
      return try DisqusReader(
        path: source, siteName: site, author: author,
        options: DisqusComment.Options(
          dates: dates, includesPending: includesPending, contributors: contributors))
    }
  }
}
