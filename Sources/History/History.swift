package import StoaModel

/// The history of a community's documents, from git.
package struct History: Sendable {
  /// The history of one document.
  package struct Entry: Sendable, Hashable {
    /// The author date of the commit that added the file, under any name, in seconds since 1970.
    package let created: Int64
    /// The author date of the newest change to the document; nil if it was never changed.
    package let lastChanged: Int64?
    /// The names of the authors who changed it, and of the first commit's co-authors; in byte order, without e-mail addresses.
    package let people: [String]
    /// The commits that changed the file, the newest first.
    package let changes: [Change]
  }

  /// The change of one commit to a file.
  package struct Change: Sendable, Hashable {
    /// The index of the commit in the log: earlier commits have greater numbers.
    package let order: Int
    /// The author date, in seconds since 1970; nil when the commit has none.
    package let date: Int64?
    package let people: [String]
    /// The reason, from the commit's `Change` trailer; empty without one.
    package let reason: String
    /// The front matter of the file, before and after; nil when the content cannot be read, or was in another conversation.
    package let frontMatter: (before: [UInt8], after: [UInt8])?
    /// The changed words; empty when none changed, or when the commit does not count.
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

  /// Whether git tracks the cache, so that any committer may have written it.
  package let holdsCache: Bool

  init(entries: [GitPath: Entry], holdsCache: Bool = false) {
    self.entries = entries
    self.holdsCache = holdsCache
  }

  /// The history of a file, given by its path as in diagnostics: `content/posts/hello.md`.
  ///
  /// Nil for a file that is in no commit.
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
  /// The folder is in no repository, or git is not available.
  case noRepository
  case unavailable(Problem)

  /// Why the history of a repository cannot be read.
  package enum Problem: Sendable, Hashable {
    /// The clone has only the newest commits.
    case shallow
    case gitNotInstalled
    /// Another user owns the repository at this path, and git refuses it until it is marked as safe.
    case foreignOwner(String)
    /// The message of git.
    case failed(String)
  }
}
