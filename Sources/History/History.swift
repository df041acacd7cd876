package import StoaModel

/// What git knows of a community's texts.
package struct History: Sendable {
  /// What git knows of one text.
  package struct Entry: Sendable, Hashable {
    /// The author date of the commit that added the file, under any name, in seconds since 1970.
    package let created: Int64
    /// The author date of the newest change to the text; nil when nobody has changed it.
    package let lastChanged: Int64?
    /// The names of those who changed it, and of the first commit's co-authors; in byte order, none of them an address.
    package let people: [String]
    /// What commits did to the file, the newest first.
    package let changes: [Change]
  }

  /// What one commit did to a file.
  package struct Change: Sendable, Hashable {
    /// The place of the commit in the log: those that came before have greater numbers.
    package let order: Int
    /// The author date, in seconds since 1970; nil when the commit does not say.
    package let date: Int64?
    package let people: [String]
    /// Why, in the words of the commit's `Change` trailer; else empty.
    package let reason: String
    /// What is above the text in the file, before and after; nil when the content cannot be read, or was somewhere else.
    package let frontMatter: (before: [UInt8], after: [UInt8])?
    /// What was changed of the words; empty when nothing was, or when the commit does not count.
    package let words: [WordPiece]

    init(_ change: TextVersions.Change, people: [String]) {
      order = change.touch.order
      date = change.touch.date
      self.people = people
      reason = PersonNames.presentable(change.touch.reason) ?? ""
      frontMatter = change.touch.isMove ? nil : change.frontMatter
      words = change.touch.isIgnored ? [] : change.words
    }

    package static func == (left: Change, right: Change) -> Bool {
      left.order == right.order && left.words == right.words
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(order) }
  }

  /// By path below `content/`.
  private let entries: [GitPath: Entry]

  /// Whether the cache of tools' answers is tracked by git, so that any committer may have written it.
  package let holdsCache: Bool

  init(entries: [GitPath: Entry], holdsCache: Bool = false) {
    self.entries = entries
    self.holdsCache = holdsCache
  }

  /// What is known of a file, named as in diagnostics: `content/posts/hello.md`.
  ///
  /// Nil for a file that no commit holds.
  package func entry(for file: String) -> Entry? {
    let path = file.utf8
    guard path.starts(with: Self.folder.utf8) else { return nil }
    return entries[GitPath(path.dropFirst(Self.folder.utf8.count))]
  }

  static let folder = "content/"
}

/// The result of reading a history.
package enum HistoryReading: Sendable {
  case read(History)
  /// The folder is in no repository, or git is not there to tell.
  case noRepository
  case unavailable(Problem)

  /// Why the history of a repository cannot be read.
  package enum Problem: Sendable, Hashable {
    /// The clone holds the newest commits only.
    case shallow
    case gitNotInstalled
    /// Another user owns the repository at this path, and git refuses it until it is marked as safe.
    case foreignOwner(String)
    /// In git's words.
    case failed(String)
  }
}
