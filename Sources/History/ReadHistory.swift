import StoaExternalTools
package import StoaModel
import StoaPlatform

/// Reads the history of a community's documents in one pass over git's log.
///
/// - Parameters:
///   - root: the absolute path of the folder of stoa.yml.
///   - program: the absolute path of git; nil when it is not installed.
///   - reading: the settings about history.
///   - comments: takes the comments out of texts, for each version of a document.
///   - cache: the history that a preview read before.
package func readHistory(
  of root: String, git program: String?, _ reading: HistoryOptions,
  comments: @escaping ([CommentFilter.Text]) throws -> [[UInt8]], cache: HistoryCache? = nil
) -> HistoryReading {
  guard let program else {
    return hasRepository(at: root) ? .unavailable(.gitNotInstalled) : .noRepository
  }
  // Git takes a folder with HEAD, objects and refs for a bare repository, and obeys its configuration, which can name programs. A
  // commit can contain such files, but nothing called .git: so git starts in content/ only if that is a repository of its own.
  let isOwn = access("\(root)/content/.git", F_OK) == 0
  let git = Git(program: program, folder: isOwn ? "\(root)/content" : root)
  do {
    let repository: Repository
    switch try Repository.find(git) {
    case .found(let found): repository = found
    case .noRepository: return .noRepository
    case .refused(let problem): return .unavailable(problem)
    }
    guard !repository.isShallow else { return .unavailable(.shallow) }
    guard let commit = repository.commit else { return .read(History(entries: [:])) }
    let prefix = isOwn ? repository.prefix : repository.prefix + Array(History.folder.utf8)
    func read() throws -> History {
      try repository.history(
        below: prefix, since: commit, reading, git, comments: comments)
    }
    guard let cache else { return .read(try read()) }
    let key = HistoryCache.Key(
      commit: commit, prefix: prefix, mailmap: try repository.mailmap(git),
      options: reading)
    return .read(try cache.history(for: key, read))
  } catch {
    return .unavailable(.failed("\(error)"))
  }
}

/// The settings about history.
package struct HistoryOptions: Sendable, Equatable {
  /// Hashes of commits that do not count as changes.
  package let ignoredRevisions: [String]
  /// Whether e-mail addresses in responses are masked in old versions, too.
  package let masksMailAddresses: Bool
  /// Whether dollar signs enclose formulas, in which nothing is a comment.
  package let math: Bool

  package init(
    ignoredRevisions: [String] = [], masksMailAddresses: Bool = true, math: Bool = false
  ) {
    self.ignoredRevisions = ignoredRevisions
    self.masksMailAddresses = masksMailAddresses
    self.math = math
  }
}

/// Whether a folder or one above it looks like a repository, for use without git.
private func hasRepository(at root: String) -> Bool {
  var folder = root[...]
  while true {
    if access("\(folder)/.git", F_OK) == 0 { return true }
    guard let slash = folder.utf8.lastIndex(of: UInt8(ascii: "/")) else { return false }
    folder = folder[..<slash]
  }
}
