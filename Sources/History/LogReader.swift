/// A commit as `git log` prints it.
struct LoggedCommit {
  enum Change {
    case added(GitPath)
    case modified(GitPath)
    case removed(GitPath)
    case renamed(from: GitPath, to: GitPath, isExact: Bool)
    /// Present in a merge in a way that none of its parents has it.
    case merged(GitPath, isNew: Bool)
  }

  var hash: [UInt8] = []
  /// Seconds since 1970; nil when the commit's author line is broken.
  var date: Int64?
  var author: [UInt8] = []
  /// The values of the `Co-authored-by` trailers, one a line.
  var coAuthors: [UInt8] = []
  var changes: [Change] = []
}

/// Reads `git log -z --name-status` with a format of our own, piece by piece.
///
/// The output is a run of tokens that end with NUL, which neither names nor paths can hold: a mark, four fields, then for each
/// change its letters and one path or two.
struct LogReader {
  /// What `--format` takes.
  static let format =
    "tformat:@%x00%H%x00%at%x00%aN%x00%(trailers:key=Co-authored-by,valueonly=true,unfold=true,separator=%x0A)"

  private enum Expectation {
    case markOrStatus
    case hash, date, author, coAuthors
    case path(status: UInt8)
    case oldPath(isExact: Bool)
    case newPath(from: GitPath, isExact: Bool)
    case mergedPath(isNew: Bool)
  }

  private var expectation = Expectation.markOrStatus
  private var commit: LoggedCommit?
  /// The beginning of a token whose end has not come yet.
  private var partial: [UInt8] = []

  /// Takes a piece of output, and hands over each commit as soon as it is whole.
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

  /// Hands over the last commit.
  mutating func finish(_ take: (LoggedCommit) -> Void) {
    if let commit { take(commit) }
    commit = nil
  }

  private mutating func read(token: [UInt8], _ take: (LoggedCommit) -> Void) {
    switch expectation {
    case .markOrStatus:
      // A line feed stands between a commit's fields and its changes.
      let status = token.drop { $0 == UInt8(ascii: "\n") }
      guard let first = status.first else { return }
      if status.elementsEqual("@".utf8) {
        finish(take)
        commit = LoggedCommit()
        expectation = .hash
      } else {
        expectation = Self.path(after: status, first)
      }
    case .hash:
      commit?.hash = token
      expectation = .date
    case .date:
      commit?.date = Int64(String(decoding: token, as: UTF8.self))
      expectation = .author
    case .author:
      commit?.author = token
      expectation = .coAuthors
    case .coAuthors:
      commit?.coAuthors = token
      expectation = .markOrStatus
    case .path(let status):
      let path = GitPath(token)
      switch status {
      case UInt8(ascii: "A"): commit?.changes.append(.added(path))
      case UInt8(ascii: "D"): commit?.changes.append(.removed(path))
      default: commit?.changes.append(.modified(path))
      }
      expectation = .markOrStatus
    case .oldPath(let isExact):
      expectation = .newPath(from: GitPath(token), isExact: isExact)
    case .newPath(let old, let isExact):
      commit?.changes.append(.renamed(from: old, to: GitPath(token), isExact: isExact))
      expectation = .markOrStatus
    case .mergedPath(let isNew):
      commit?.changes.append(.merged(GitPath(token), isNew: isNew))
      expectation = .markOrStatus
    }
  }

  /// What follows a change's letters.
  private static func path(after status: ArraySlice<UInt8>, _ first: UInt8) -> Expectation {
    let isMerge = status.count > 1 && status.allSatisfy { $0 > UInt8(ascii: "9") }
    if isMerge { return .mergedPath(isNew: status.allSatisfy { $0 == UInt8(ascii: "A") }) }
    return first == UInt8(ascii: "R")
      ? .oldPath(isExact: status.elementsEqual("R100".utf8)) : .path(status: first)
  }
}
