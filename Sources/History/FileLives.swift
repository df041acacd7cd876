/// Follows files backwards through the log, from the names that they have now to the commits that added them.
///
/// The last commit alone determines which files are followed, not the working folder: the history of one file must not change
/// because another file is hidden or removed.
struct FileLives {
  /// The history of one file.
  struct Life {
    /// The author date of the commit that added the file.
    var created: Int64?
    /// The co-authors of the commit that added it.
    var firstPeople: [Person] = []
    /// The later commits that changed it, the newest first.
    var touches: [Touch] = []
  }

  /// A person named by a commit.
  enum Person: Hashable {
    /// The name after the mailmap was applied.
    case author([UInt8])
    /// The value of a trailer, before the mailmap is applied.
    case coAuthor([UInt8])
  }

  /// The change of one commit to a document.
  struct Touch {
    /// The index of the commit in the log, the newest first.
    let order: Int
    let date: Int64?
    let people: [Person]
    /// The reason, from the commit's `Change` trailer.
    let reason: [UInt8]
    /// Both nil when the content is the same.
    var blobs: BlobPair
    /// Whether the document came from another conversation.
    var isMove = false
    /// Whether the settings exclude the commit from the changes.
    let isIgnored: Bool
  }

  /// In the order of the files given.
  private(set) var lives: [Life]

  /// The file at each path, just after the commit that is read next.
  private var places: [GitPath: Int] = [:]
  /// Changes to paths without a known file.
  ///
  /// A rename that the log lists later may show that a file was there: on another branch it still had its old name.
  private var unclaimed: [GitPath: [Touch]] = [:]
  private let ignoredRevisions: [[UInt8]]
  /// The path of `content/`.
  private let prefix: [UInt8]
  private var order = 0

  /// - Parameters:
  ///   - files: the paths in the last commit.
  ///   - prefix: the path of `content/`, with a slash at its end.
  ///   - ignoredRevisions: hashes, or beginnings of hashes, of commits that do not count as changes.
  init(files: [GitPath], below prefix: [UInt8], ignoredRevisions: [String]) {
    self.prefix = prefix
    lives = Array(repeating: Life(), count: files.count)
    for (index, file) in files.enumerated() { places[file] = index }
    self.ignoredRevisions = ignoredRevisions.map { Array($0.lowercased().utf8) }
  }

  /// Adds the next commit; every commit comes before its parents.
  mutating func add(_ commit: LoggedCommit) {
    let trailers = Trailers(commit.trailers)
    order += 1
    let touch = Touch(
      order: order, date: commit.date, people: [.author(commit.author)] + trailers.coAuthors,
      reason: trailers.reason, blobs: BlobPair(old: nil, new: nil), isIgnored: isIgnored(commit))
    for change in commit.changes {
      switch change {
      case .added(let path), .merged(let path, isNew: true):
        begin(path, date: commit.date, coAuthors: touch.isIgnored ? [] : trailers.coAuthors)
      case .modified(let path, let blobs): record(touch.with(blobs), at: path)
      case .renamed(let old, let new, let blobs):
        let isMove = isMove(from: old, to: new, in: commit)
        if isMove || blobs.old != blobs.new {
          record(touch.with(blobs, isMove: isMove), at: new)
        }
        rename(old, new)
      case .removed, .merged(_, isNew: false):
        // A merge's combination of two versions is not an author's change.
        break
      }
    }
  }

  /// Whether a document left its folder, and no post of the commit renamed the folder.
  private func isMove(from old: GitPath, to new: GitPath, in commit: LoggedCommit) -> Bool {
    let (before, after) = (Place(of: old, below: prefix), Place(of: new, below: prefix))
    guard before.kind == after.kind, before.isContent else { return true }
    guard after.isResponse, before.folder != after.folder else { return false }
    return !commit.changes.contains { change in
      guard case .renamed(let oldPost, let newPost, _) = change else { return false }
      let (before, after) = (before.folder, after.folder)
      return Place(of: oldPost, below: prefix).slug == before
        && Place(of: newPost, below: prefix).slug == after
    }
  }

  /// The parts of a document's path.
  private struct Place {
    let isContent: Bool
    /// Such as `posts`.
    let kind: ArraySlice<UInt8>
    /// The file's folder.
    let folder: ArraySlice<UInt8>
    /// The slug that a post with this path has.
    let slug: ArraySlice<UInt8>

    init(of path: GitPath, below prefix: [UInt8]) {
      isContent = path.bytes.starts(with: prefix)
      let parts = path.bytes.dropFirst(isContent ? prefix.count : 0)
        .split(separator: UInt8(ascii: "/"))
      kind = parts.first ?? []
      folder = parts.count > 1 ? parts[parts.count - 2] : []
      let name = (parts.last ?? []).dropLast(3)
      slug =
        !kind.elementsEqual("posts".utf8) ? [] : name.elementsEqual("index".utf8) ? folder : name
    }

    var isResponse: Bool { kind.elementsEqual("responses".utf8) }
  }

  /// Continues under the old name.
  ///
  /// No commit both frees and takes the same name, since git detects renames only between removed and added files.
  private mutating func rename(_ old: GitPath, _ new: GitPath) {
    let touches = unclaimed.removeValue(forKey: new) ?? []
    if places[old] == nil, let file = places.removeValue(forKey: new) {
      places[old] = file
      lives[file].touches += unclaimed.removeValue(forKey: old) ?? []
    }
    for touch in touches { record(touch, at: old) }
  }

  /// Begins the life of the file at a path; an earlier file at that path was another.
  private mutating func begin(_ path: GitPath, date: Int64?, coAuthors: [Person]) {
    unclaimed[path] = nil
    guard let file = places.removeValue(forKey: path) else { return }
    lives[file].created = date
    lives[file].firstPeople = coAuthors
  }

  private mutating func record(_ touch: Touch, at path: GitPath) {
    if let file = places[path] {
      lives[file].touches.append(touch)
    } else if path.isMarkdown {
      unclaimed[path, default: []].append(touch)
    }
  }

  private func isIgnored(_ commit: LoggedCommit) -> Bool {
    ignoredRevisions.contains { commit.hash.starts(with: $0) }
  }
}

extension FileLives.Touch {
  fileprivate func with(_ blobs: BlobPair, isMove: Bool = false) -> Self {
    var touch = self
    touch.blobs = blobs
    touch.isMove = isMove
    return touch
  }
}

/// The trailers of a commit.
private struct Trailers {
  private(set) var coAuthors: [FileLives.Person] = []
  private(set) var reason: [UInt8] = []

  init(_ lines: [UInt8]) {
    guard !lines.isEmpty else { return }
    for line in lines.split(separator: UInt8(ascii: "\n")) {
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
      let value = Array(line[(colon + 1)...].drop { $0 == 0x20 })
      // The two requested keys differ in length; git compares them case-insensitively.
      if colon - line.startIndex == "change".utf8.count {
        reason = value
      } else {
        coAuthors.append(.coAuthor(value))
      }
    }
  }
}
