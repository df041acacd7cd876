import StoaModel

/// A post of another tool, with all its comments.
///
/// The neutral format between readers, each of which knows one tool, and the planner, which knows Stoa's format.
struct SourceConversation: Sendable {
  var post: SourcePost
  var comments: [SourceComment] = []
  /// Values of fields for e-mail and IP addresses: they must not be written anywhere.
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
    /// For a limited audience: only a community with audiences can import it.
    case restricted(reason: String)
    /// Not written for readers, for example a menu entry.
    case leftOut(reason: String)
  }

  /// Its permanent key in the source, by which the record of imports knows it.
  var key: String
  var kind = Kind.post
  var state = State.published
  /// Its kind in the report; empty for anything that is no item of the source.
  var noun = "post"
  /// Whether it is a placeholder for a page that the source does not have.
  var isStandIn = false
  /// Old addresses, slugs and titles that may identify an existing post; then only comments are new.
  var matches: [String] = []
  var title = ""
  /// The preferred slug, in any form; empty: made from the title.
  var wishedSlug = ""
  /// Whether the slug is already one of Stoa's, and is kept.
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
  /// The name of the audience that it is for, in sources that have Stoa's own; nil for that of all items.
  var audience: String?
  var text = SourceMarkup.markdown([])
  /// Paths below the old site's root, perhaps with its host.
  var oldAddresses: [String] = []
  /// Other addresses that links of the source use for it, and that the new site does not answer.
  var linkNames: [String] = []
  /// Its public URL at the source, which the post cites.
  var permalink = ""
  /// Whether it is a question, and the name of the comment that answers it.
  var isQuestion = false
  var answer: String?
  /// Further keys of front matter with their values, for sources that use Stoa's own keys.
  var more: [(key: String, texts: [String])] = []
  /// Files to put beside the document: the name there, and the file to copy.
  var files: [SourceFile] = []
  /// The name of the file that is its image; empty when there is none.
  var image = ""
  /// Changes during the import that a person should check.
  var notes: [String] = []
}

/// A file that belongs to a post.
struct SourceFile: Sendable {
  let key: String
  /// The name in the post's bundle, with `/` between its parts.
  let name: String
  /// The path of the file to copy, below `root`.
  let path: String
  /// The absolute path of the folder that the file must be in.
  let root: String
  /// Its kind in the report.
  var noun = "file"
}

/// A comment, pingback or the like.
struct SourceComment: Sendable {
  /// The parent of a comment, in one of the forms that tools use.
  enum Parent: Sendable, Equatable {
    case post
    /// By the parent's name in the source.
    case identifier(String)
    /// By its position among the direct replies to the post, from 1, in order of date.
    case position(Int)
  }

  /// Its permanent key in the source.
  var key: String
  /// The kind of item in the report.
  var noun = "comment"
  /// All names that replies may use for it, the best first.
  var identifiers: [String]
  /// The preferred id, in any form.
  var wishedId: String
  var name = ""
  var url = ""
  /// A registered person's handle or name; nil for a guest.
  var contributor: String?
  var date: Timestamp?
  /// Candidates in the order in which they are tried; empty for a reply to the post.
  var parents: [Parent] = []
  var isMention = false
  /// The name of the audience that it is for, in sources that have Stoa's own; nil for that of what it answers.
  var audience: String?
  var text = SourceMarkup.markdown([])
  /// Old anchors on the post's page.
  var anchors: [String] = []
  /// The fragment that links of the source use for it, if that is no old anchor; empty for none.
  var linkName = ""
  /// Its public URL at the source.
  var permalink = ""
  /// Further keys of front matter with their values, for sources that use Stoa's own keys.
  var more: [(key: String, texts: [String])] = []
  /// Why the source itself shows an empty place instead of it; nil when it does not.
  var removed: String?
  /// Why it is left out of the conversation; nil when it is not.
  var leftOut: String?
  var notes: [String] = []
}

/// A topic with more properties than its name.
struct SourceTopic: Sendable {
  var key: String
  var name: String
  var parent: String?
  /// The name of the audience that its file is for; nil for everybody who sees a post in it.
  var audience: String?
  var text = SourceMarkup.markdown([])
  /// The kind of item in the report.
  var noun = "topic"
}

/// A person with an account.
struct SourcePerson: Sendable {
  var key: String
  /// The preferred handle.
  var login: String
  var name: String
  var url = ""
  /// The name of the audience that the file is for; nil for everybody who sees what the person wrote.
  var audience: String?
  /// The person's own description.
  var text = SourceMarkup.markdown([])
}

/// A body in the markup of another tool.
enum SourceMarkup: Sendable {
  case markdown([UInt8])
  case html([UInt8])
  /// Bytes in a file, of either kind.
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
