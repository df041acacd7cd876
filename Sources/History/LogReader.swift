/// A commit as `git log` prints it.
struct LoggedCommit {
  enum Change {
    case added(GitPath)
    case modified(GitPath, BlobPair)
    case removed(GitPath)
    case renamed(from: GitPath, to: GitPath, BlobPair)
    /// Present in a merge with content that differs from all of its parents.
    case merged(GitPath, isNew: Bool)
  }

  var hash: [UInt8] = []
  /// Seconds since 1970; nil when the commit's author line is broken.
  var date: Int64?
  var author: [UInt8] = []
  /// The `Co-authored-by` and `Change` trailers, one in each line.
  var trailers: [UInt8] = []
  var changes: [Change] = []
}

/// Reads `git log -z --raw --no-abbrev` with a custom format, piece by piece.
///
/// The output is a sequence of tokens that end with NUL, which neither names nor paths can contain: a mark, four fields, then for
/// each change its modes, blobs and status letters, and one path or two.
struct LogReader {
  /// The argument of `--format`.
  static let format =
    "tformat:@%x00%H%x00%at%x00%aN%x00%(trailers:key=Co-authored-by,key=Change,unfold=true,separator=%x0A)"

  private enum Expectation {
    case markOrStatus
    case hash, date, author, trailers
    case path(status: UInt8, BlobPair)
    case oldPath(BlobPair)
    case newPath(from: GitPath, BlobPair)
    case mergedPath(isNew: Bool)
  }

  private var expectation = Expectation.markOrStatus
  private var commit: LoggedCommit?
  /// The beginning of an incomplete token.
  private var partial: [UInt8] = []

  /// Adds a piece of output, and passes on each commit once it is complete.
  mutating func read(
    _ piece: UnsafeRawBufferPointer, _ take: (LoggedCommit) -> Void
  ) {
    var rest = piece[...]
    while let end = rest.firstIndex(of: 0) {
      if partial.isEmpty {
        read(token: Array(rest[..<end]), take)
      } else {
        partial += rest[..<end]
        let token = partial
        partial.removeAll(keepingCapacity: true)
        read(token: token, take)
      }
      rest = rest[(end + 1)...]
    }
    partial += rest
  }

  /// Passes on the last commit.
  mutating func finish(_ take: (LoggedCommit) -> Void) {
    if let commit { take(commit) }
    commit = nil
  }

  private mutating func read(token: [UInt8], _ take: (LoggedCommit) -> Void) {
    switch expectation {
    case .markOrStatus:
      // A line feed separates a commit's fields from its changes.
      let status = token.drop { $0 == UInt8(ascii: "\n") }
      guard let first = status.first else { return }
      if first == UInt8(ascii: "@") {
        finish(take)
        commit = LoggedCommit()
        expectation = .hash
      } else {
        expectation = Self.path(after: status)
      }
    case .hash:
      commit?.hash = token
      expectation = .date
    case .date:
      commit?.date = Int64(String(decoding: token, as: UTF8.self))
      expectation = .author
    case .author:
      commit?.author = token
      expectation = .trailers
    case .trailers:
      commit?.trailers = token
      expectation = .markOrStatus
    case .path(let status, let blobs):
      let path = GitPath(token)
      switch status {
      case UInt8(ascii: "A"): commit?.changes.append(.added(path))
      case UInt8(ascii: "D"): commit?.changes.append(.removed(path))
      default: commit?.changes.append(.modified(path, blobs))
      }
      expectation = .markOrStatus
    case .oldPath(let blobs):
      expectation = .newPath(from: GitPath(token), blobs)
    case .newPath(let old, let blobs):
      commit?.changes.append(.renamed(from: old, to: GitPath(token), blobs))
      expectation = .markOrStatus
    case .mergedPath(let isNew):
      commit?.changes.append(.merged(GitPath(token), isNew: isNew))
      expectation = .markOrStatus
    }
  }

  /// The path after `:mode mode blob blob letters`; a merge has one more colon, mode and blob for each further parent.
  private static func path(after status: ArraySlice<UInt8>) -> Expectation {
    let fields = status.split(separator: UInt8(ascii: " "))
    let letters = fields.last ?? []
    if letters.count > 1, letters.allSatisfy({ $0 > UInt8(ascii: "9") }) {
      return .mergedPath(isNew: letters.allSatisfy { $0 == UInt8(ascii: "A") })
    }
    let blobs =
      fields.count == 5
      ? BlobPair(old: BlobID(fields[2]), new: BlobID(fields[3])) : BlobPair(old: nil, new: nil)
    let letter = letters.first ?? 0
    return letter == UInt8(ascii: "R") ? .oldPath(blobs) : .path(status: letter, blobs)
  }
}

/// The contents of a file before and after a change.
struct BlobPair: Hashable {
  let old: BlobID?
  let new: BlobID?
}

/// The hash that git uses for the content of a file: 20 or 32 bytes.
struct BlobID: Hashable {
  private let words: [UInt64]

  /// - Parameter digits: the full hash in hexadecimal; nil for anything else.
  init?(_ digits: ArraySlice<UInt8>) {
    guard digits.count == 40 || digits.count == 64 else { return nil }
    var words: [UInt64] = []
    var start = digits.startIndex
    while start < digits.endIndex {
      let part = digits[start..<min(start + 16, digits.endIndex)]
      guard let word = UInt64(String(decoding: part, as: UTF8.self), radix: 16) else { return nil }
      words.append(word)
      start = part.endIndex
    }
    self.words = words
  }

  /// In hexadecimal, as git accepts it.
  var hexadecimal: String {
    words.enumerated().map { index, word in
      let digits = String(word, radix: 16)
      let length = words.count == 3 && index == 2 ? 8 : 16
      return String(repeating: "0", count: length - digits.utf8.count) + digits
    }.joined()
  }
}
