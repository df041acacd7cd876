/// Follows files backwards through the log, from the names that they have now to the commits that added them.
///
/// Which files are followed depends on the last commit alone, not on what a working folder holds of it: what is known of one
/// file must not change because another is hidden or gone.
struct FileLives {
  /// What the log tells of one file.
  struct Life {
    /// The author date of the commit that added the file.
    var created: Int64?
    /// The newest author date of the commits that changed it afterwards.
    var lastChanged: Int64?
    /// The authors of its changes, and the co-authors of the commit that added it.
    var people: Set<Person> = []
  }

  /// Somebody named by a commit.
  enum Person: Hashable {
    /// The name as the mailmap has it.
    case author([UInt8])
    /// A trailer's value, to which no mailmap has been applied.
    case coAuthor([UInt8])
  }

  /// What one commit did to a text, as far as it may matter later.
  fileprivate struct Touch {
    let date: Int64?
    let people: [Person]
  }

  /// In the order of the files given.
  private(set) var lives: [Life]

  /// The file that lay at a path just after the commit that is read next.
  private var places: [GitPath: Int] = [:]
  /// Changes to paths at which no file is known to have lain.
  ///
  /// A rename that comes up later may show that they were to a file after all: on another branch it still had its old name.
  private var unclaimed: [GitPath: [Touch]] = [:]
  private let ignoredRevisions: [[UInt8]]

  /// - Parameters:
  ///   - files: the paths in the last commit.
  ///   - ignoredRevisions: hashes, or beginnings of hashes, of commits that do not count as changes.
  init(files: [GitPath], ignoredRevisions: [String]) {
    lives = Array(repeating: Life(), count: files.count)
    for (index, file) in files.enumerated() { places[file] = index }
    self.ignoredRevisions = ignoredRevisions.map { Array($0.lowercased().utf8) }
  }

  /// Takes the next commit; every commit comes before its parents.
  mutating func add(_ commit: LoggedCommit) {
    let coAuthors = commit.coAuthors.split(separator: UInt8(ascii: "\n")).map {
      Person.coAuthor(Array($0))
    }
    let touch: Touch? =
      isIgnored(commit)
      ? nil : Touch(date: commit.date, people: [.author(commit.author)] + coAuthors)
    for change in commit.changes {
      switch change {
      case .added(let path), .merged(let path, isNew: true):
        begin(path, date: commit.date, coAuthors: touch == nil ? [] : coAuthors)
      case .modified(let path):
        if let touch { record(touch, at: path) }
      case .renamed(let old, let new, let isExact):
        if let touch, !isExact { record(touch, at: new) }
        rename(old, new)
      case .removed, .merged(_, isNew: false):
        // A merge's own mixture of two texts is nobody's change.
        break
      }
    }
  }

  /// Goes on under the old name.
  ///
  /// No name is both given up and taken in one commit, since git looks for renames among what is gone and what is new.
  private mutating func rename(_ old: GitPath, _ new: GitPath) {
    let touches = unclaimed.removeValue(forKey: new) ?? []
    if places[old] == nil, let file = places.removeValue(forKey: new) {
      places[old] = file
      for touch in unclaimed.removeValue(forKey: old) ?? [] { lives[file].change(touch) }
    }
    for touch in touches { record(touch, at: old) }
  }

  /// The life of the file at a path begins here; what lay there before was another.
  private mutating func begin(_ path: GitPath, date: Int64?, coAuthors: [Person]) {
    unclaimed[path] = nil
    guard let file = places.removeValue(forKey: path) else { return }
    lives[file].created = date
    lives[file].people.formUnion(coAuthors)
  }

  private mutating func record(_ touch: Touch, at path: GitPath) {
    if let file = places[path] {
      lives[file].change(touch)
    } else if path.isMarkdown {
      unclaimed[path, default: []].append(touch)
    }
  }

  private func isIgnored(_ commit: LoggedCommit) -> Bool {
    ignoredRevisions.contains { commit.hash.starts(with: $0) }
  }
}

extension FileLives.Life {
  fileprivate mutating func change(_ touch: FileLives.Touch) {
    if let date = touch.date { lastChanged = max(lastChanged ?? date, date) }
    people.formUnion(touch.people)
  }
}
