import StoaModel

/// A post as another tool holds it, with everything that was said under it.
///
/// The neutral shape between readers, each of which knows one tool, and the planner, which knows Stoa's format.
struct SourceConversation: Sendable {
  var post: SourcePost
  var comments: [SourceComment] = []
  /// Values of fields for e-mail and IP addresses: they must not turn up in what is written.
  var privateValues: [String] = []
}

/// A post or page of another tool.
struct SourcePost: Sendable {
  enum Kind: String, Sendable {
    case post
    case page
  }

  enum State: Sendable {
    case published
    case draft
    /// For a closed circle: only a community with audiences has a place for it.
    case restricted(reason: String)
    /// Not text that people wrote for readers, such as an entry of a menu.
    case leftOut(reason: String)
  }

  /// What names it in its source for good: the record of imports knows it by this.
  var key: String
  var kind = Kind.post
  var state = State.published
  /// What the report counts it as; empty for what is no item of the source.
  var noun = "post"
  /// Whether it stands in for a page that the source does not hold.
  var isStandIn = false
  /// Old addresses, slugs and titles by which a post of the community may be this one; then only comments are new.
  var matches: [String] = []
  var title = ""
  /// The slug that it would like, in any form; empty: made from the title.
  var wishedSlug = ""
  /// Whether that is a slug of Stoa's own already, which stays as it is.
  var keepsSlug = false
  /// Headings by their old anchors.
  var anchors: [(key: String, value: String)] = []
  /// The folder below the community's posts, with `/` between its parts; empty for none.
  var folder = ""
  /// Handles or names.
  var authors: [String] = []
  var date: Timestamp?
  var updated: Timestamp?
  var topics: [String] = []
  var summary = ""
  var language = ""
  var isPinned = false
  var acceptsResponses = true
  var text = SourceMarkup.markdown([])
  /// Paths below the old site's root, perhaps with its host.
  var oldAddresses: [String] = []
  /// Other addresses by which links of the source lead to it, which the new site does not answer.
  var linkNames: [String] = []
  /// Where the source has it for everybody, as what the post is taken from.
  var permalink = ""
  /// Whether it asks something, and by which name its answer is known among its comments.
  var isQuestion = false
  var answer: String?
  /// Further keys of front matter, with their texts, of sources that have Stoa's own.
  var more: [(key: String, texts: [String])] = []
  /// Files to put beside the text: the name there, and the file to copy.
  var files: [SourceFile] = []
  /// The name of the one that is its picture; empty when none is.
  var image = ""
  /// What was done to it on the way and a person should look at.
  var notes: [String] = []
}

/// A file that belongs to a post.
struct SourceFile: Sendable {
  let key: String
  /// The name in the post's bundle, with `/` between its parts.
  let name: String
  /// The file to copy, by its path below `root`.
  let path: String
  /// The absolute path of the folder that it must not lead out of.
  let root: String
  /// What the report counts it as; empty for what is no item of the source.
  var noun = "file"
}

/// A comment, pingback or the like.
struct SourceComment: Sendable {
  /// What it answers, in one of the ways that tools have of saying so.
  enum Parent: Sendable, Equatable {
    case post
    /// By the name that the parent has in its source.
    case identifier(String)
    /// By place among the comments that answer the post, from 1, in order of date.
    case position(Int)
  }

  /// What names it in its source for good.
  var key: String
  /// What the report counts it as.
  var noun = "comment"
  /// Every name by which a reply may call it; the first is the best.
  var identifiers: [String]
  /// The id that it would like, in any form.
  var wishedId: String
  var name = ""
  var url = ""
  /// A registered person's handle or name; nil for a guest.
  var contributor: String?
  var date: Timestamp?
  /// Candidates in the order in which they are tried; none: it answers the post.
  var parents: [Parent] = []
  var isMention = false
  var text = SourceMarkup.markdown([])
  /// Old anchors on the post's page.
  var anchors: [String] = []
  /// The fragment by which links of the source lead to it, if that is no old anchor; empty for none.
  var linkName = ""
  /// Where the source has it for everybody.
  var permalink = ""
  /// Further keys of front matter, with their texts, of sources that have Stoa's own.
  var more: [(key: String, texts: [String])] = []
  /// Why the source itself shows an empty place instead of it; nil when it does not.
  var removed: String?
  /// Why it is no part of the conversation; nil when it is.
  var leftOut: String?
  var notes: [String] = []
}

/// A topic that has more to it than its name.
struct SourceTopic: Sendable {
  var key: String
  var name: String
  var parent: String?
  var text = SourceMarkup.markdown([])
  /// What the report counts it as.
  var noun = "topic"
}

/// Somebody with an account.
struct SourcePerson: Sendable {
  var key: String
  /// The handle that the person would like.
  var login: String
  var name: String
  var url = ""
  /// What the person says of themselves.
  var text = SourceMarkup.markdown([])
}

/// Text as it was written for another tool.
enum SourceMarkup: Sendable {
  case markdown([UInt8])
  case html([UInt8])
  /// Bytes that lie in a file, of either kind.
  case stored(StoredBytes, isHTML: Bool)

  var count: Int {
    switch self {
    case .markdown(let bytes), .html(let bytes): bytes.count
    case .stored(let bytes, _): bytes.count
    }
  }

  var isHTML: Bool {
    switch self {
    case .markdown: false
    case .html: true
    case .stored(_, let isHTML): isHTML
    }
  }

  func load() throws -> [UInt8] {
    switch self {
    case .markdown(let bytes), .html(let bytes): bytes
    case .stored(let bytes, _): try bytes.load()
    }
  }
}
