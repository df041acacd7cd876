/// A community's settings: `stoa.yml` (format reference: settings).
package struct Settings: Sendable {
  /// How a build uses git's history.
  package enum History: String, Sendable, CaseIterable {
    /// Fails the build when it cannot be read.
    case required
    /// Uses it if it can be read, and warns if a part of it is missing.
    case optional
    case none
  }

  package enum Search: String, Sendable, CaseIterable {
    case stoa
    case none
  }

  package enum Highlight: String, Sendable, CaseIterable {
    case none
    case pygments
  }

  /// The repository on the web, for links to edit, history and new files.
  package struct Forge: Sendable, Hashable {
    package enum Kind: String, Sendable, CaseIterable {
      case github
      case gitlab
      case forgejo
    }

    package let kind: Kind
    /// The repository's URL without a slash at its end.
    package let url: String
    package let branch: String

    package init(kind: Kind, url: String, branch: String) {
      self.kind = kind
      self.url = url
      self.branch = branch
    }
  }

  /// The ways to reply that readers are offered.
  package struct Reply: Sendable, Hashable {
    /// How a reply is submitted on the forge.
    package enum Forge: String, Sendable {
      /// A new file, which people with an account may propose; only GitHub accepts one from people without write access.
      case file
      /// A new issue, from which a workflow makes the file.
      case issue
      case off
    }

    /// Nil: chosen for the forge.
    package var forge: Forge?
    /// The e-mail address for responses, if there is one.
    package var mail: String?
    package var command = true
    /// The URL of the service that receives replies, without a slash at its end; nil when there is none.
    package var service: String?

    package init() {}
  }

  package struct MenuItem: Sendable, Hashable {
    package let title: String
    /// A slug of a page or post, a path on the site, or an https URL.
    package let address: String
    package let location: SourceLocation

    package init(title: String, address: String, location: SourceLocation) {
      self.title = title
      self.address = address
      self.location = location
    }
  }

  package enum Level: String, Sendable, CaseIterable {
    case error
    case warning
    case off
  }

  package var title = ""
  /// The site's URL without a slash at its end; empty when none is set.
  package var url = ""
  package var description = ""
  package var language = "en"
  /// The place of the language in the file; nil for the default.
  package var languageLocation: SourceLocation?
  package var timezone = "UTC"
  /// The hash of stoa.yml.
  package var fileDigest = SHA256.Digest.none
  /// The hue of the accent colour in degrees of OKLCH.
  package var hue = Located(38, at: SourceLocation(file: "stoa.yml"))
  package var logo: Located<String>?
  /// Nil: conversations, topics, contributors and the pages with a `menu` key.
  package var menu: [MenuItem]?
  package var pageSize = 50
  /// The maximum number of entries in a feed; the newest are kept.
  package var feedSize = 20
  /// Whether older entries of feeds are in archive documents (RFC 5005).
  package var archivesFeeds = false
  /// Whether each conversation is also written as markdown.
  package var writesMarkdown = false
  package var smartPunctuation = false
  /// The URL pattern of posts.
  package var permalinks = "/posts/:slug/"
  package var search = Search.stoa
  package var highlight = Highlight.none
  /// Whether dollar signs enclose formulas.
  package var math = false
  /// Whether blocks of `dot` are drawn.
  package var diagrams = false
  /// Nil: read if there is a repository, which must then be complete.
  package var history: History?
  package var ignoredRevisions: [String] = []
  /// The changes that are shown if a document does not say otherwise.
  package var changes = ShownChanges.all
  package var stripsMetadata = true
  /// Whether e-mail addresses in documents are shown as typed, without a warning.
  package var showsAddressesInText = false
  /// Narrowest first; empty when everything is public.
  package var audiences: [String] = []
  package var defaultAudience: Audience?
  package var forge: Forge?
  package var reply = Reply()
  package var rules: [DiagnosticCode: Level] = [:]
  /// The community's part of the ids in feeds; nil: the host of its URL.
  package var feedAuthority: String?
  /// Published addresses that were removed on purpose.
  package var gone: [GoneAddress] = []
  package var extras: [Extra] = []

  package init() {}

  /// How a reply is submitted on the forge; none without a forge.
  package var forgeReply: Reply.Forge {
    guard let forge else { return .off }
    return reply.forge ?? (forge.kind == .github ? .file : .issue)
  }

  /// The audience of documents that name none: the narrowest, unless the settings name another.
  package var audienceByDefault: Audience { defaultAudience ?? Audience(rank: 0) }

  /// The widest audience.
  package var widestAudience: Audience { Audience(rank: max(audiences.count - 1, 0)) }

  /// The audience's name; empty when the community has none.
  package func name(of audience: Audience) -> String {
    audiences.indices.contains(audience.rank) ? audiences[audience.rank] : ""
  }
}
