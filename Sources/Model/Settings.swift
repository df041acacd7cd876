/// A community's settings: `stoa.yml` (format reference: settings).
package struct Settings: Sendable {
  /// What a build does about git's history.
  package enum History: String, Sendable, CaseIterable {
    /// Ends with an error when it cannot be read.
    case required
    /// Reads it where it can be read, and warns where a part of it is missing.
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

  /// Where the repository is, for links to edit, history and new files.
  package struct Forge: Sendable, Hashable {
    package enum Kind: String, Sendable, CaseIterable {
      case github
      case gitlab
      case forgejo
    }

    package let kind: Kind
    /// The repository's address without a slash at its end.
    package let url: String
    package let branch: String

    package init(kind: Kind, url: String, branch: String) {
      self.kind = kind
      self.url = url
      self.branch = branch
    }
  }

  /// The ways to answer that readers are offered.
  package struct Reply: Sendable, Hashable {
    /// What a reply is on the forge.
    package enum Forge: String, Sendable {
      /// A new file, which people with an account may propose; only GitHub takes one of those who may not write.
      case file
      /// A new issue, of which a workflow makes the file.
      case issue
      case off
    }

    /// Nil: what fits the forge.
    package var forge: Forge?
    /// The mail address that takes responses, if there is one.
    package var mail: String?
    package var command = true
    /// Where a service takes replies, without a slash at its end; nil when there is none.
    package var service: String?

    package init() {}
  }

  package struct MenuItem: Sendable, Hashable {
    package let title: String
    /// A slug of a page or post, an address under the site's root, or an https address.
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
  /// The site's address without a slash at its end; empty when none is set.
  package var url = ""
  package var description = ""
  package var language = "en"
  /// Where the language is written; nil when it is the default.
  package var languageLocation: SourceLocation?
  package var timezone = "UTC"
  /// The hash of stoa.yml.
  package var fileDigest = SHA256.Digest.none
  /// The accent's hue in degrees of OKLCH.
  package var hue = Located(38, at: SourceLocation(file: "stoa.yml"))
  package var logo: Located<String>?
  /// Nil: conversations, topics, contributors and the pages that ask for it.
  package var menu: [MenuItem]?
  package var pageSize = 50
  /// How many entries a feed has, the newest ones.
  package var feedSize = 20
  /// Whether the older entries of feeds are in documents of their own (RFC 5005).
  package var archivesFeeds = false
  package var smartPunctuation = false
  /// The pattern of a post's address.
  package var permalinks = "/posts/:slug/"
  package var search = Search.stoa
  package var highlight = Highlight.none
  /// Nil: read where there is a repository, which must be whole.
  package var history: History?
  package var ignoredRevisions: [String] = []
  /// Which changes of texts are shown where the text does not say.
  package var changes = ShownChanges.all
  package var stripsMetadata = true
  /// Whether e-mail addresses in texts are shown as typed, without a warning.
  package var showsAddressesInText = false
  /// Narrowest first; empty when everything is public.
  package var audiences: [String] = []
  package var defaultAudience: Audience?
  package var forge: Forge?
  package var reply = Reply()
  package var rules: [DiagnosticCode: Level] = [:]
  /// What stands in feeds' ids for the community; nil: the host of its URL.
  package var feedAuthority: String?
  /// Addresses that were published and lead nowhere on purpose.
  package var gone: [GoneAddress] = []
  package var extras: [Extra] = []

  package init() {}

  /// What a reply is on the forge; none where there is no forge.
  package var forgeReply: Reply.Forge {
    guard let forge else { return .off }
    return reply.forge ?? (forge.kind == .github ? .file : .issue)
  }

  /// The audience of a text that names none: the narrowest unless the settings say otherwise.
  package var audienceByDefault: Audience { defaultAudience ?? Audience(rank: 0) }

  /// The widest audience.
  package var widestAudience: Audience { Audience(rank: max(audiences.count - 1, 0)) }

  /// The audience's name; empty when the community has none.
  package func name(of audience: Audience) -> String {
    audiences.indices.contains(audience.rank) ? audiences[audience.rank] : ""
  }
}
