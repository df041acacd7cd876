import StoaExternalTools
import StoaModel

/// The repository that a folder belongs to.
struct Repository {
  /// The folder's path below the top of the working tree, with a slash at its end; empty at the top.
  let prefix: [UInt8]
  let isShallow: Bool
  /// The last commit; nil before the first.
  let commit: String?

  enum Search {
    case found(Repository)
    case noRepository
    case refused(HistoryReading.Problem)
  }

  /// A git command failed that should not have failed.
  struct CommandFailure: Error, CustomStringConvertible {
    let description: String
  }

  static func find(_ git: Git) throws -> Search {
    let outcome = try git.run([
      "rev-parse", "--is-shallow-repository", "--is-inside-work-tree", "--show-prefix",
    ])
    guard outcome.succeeded else {
      if outcome.message.contains("not a git repository") { return .noRepository }
      // git 2.35.2 reports an unsafe repository; later versions report dubious ownership.
      let isForeign = ["dubious ownership", "unsafe repository"].contains {
        outcome.message.contains($0)
      }
      return .refused(
        isForeign ? .foreignOwner(outcome.quotedPath ?? git.folder) : .failed(outcome.firstLine))
    }
    let lines = outcome.output.split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard lines.count >= 3, lines[1].elementsEqual("true".utf8) else { return .noRepository }
    // A folder's name may contain a line feed, so the prefix is everything that remains.
    let prefix = Array(lines[2...].joined(separator: [UInt8(ascii: "\n")]))
    let head = try git.run(["rev-parse", "--quiet", "--verify", "HEAD^{commit}"])
    let hash = String(decoding: head.output.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    return .found(
      Repository(
        prefix: Array(prefix.last == UInt8(ascii: "\n") ? prefix.dropLast() : prefix[...]),
        isShallow: lines[0].elementsEqual("true".utf8),
        commit: head.succeeded && !hash.isEmpty ? hash : nil))
  }

  /// The history of the documents below a folder.
  func history(
    below prefix: [UInt8], since commit: String, _ reading: HistoryOptions, _ git: Git,
    comments: @escaping ([CommentFilter.Text]) throws -> [[UInt8]]
  ) throws -> History {
    let (files, holdsCache) = try files(of: commit, below: prefix, git)
    let lives = try lives(of: files, below: prefix, since: commit, reading, git)
    let names = try PersonNames(lives, git)
    let folders = ["posts/", "pages/", "responses/"].map { prefix + Array($0.utf8) }
    var texts = TextVersions(git, comments: comments)
    var entries: [GitPath: History.Entry] = [:]
    for (file, life) in zip(files, lives) {
      let hidden = TextVersions.Hidden(
        showsHTML: folders[..<2].contains { file.bytes.starts(with: $0) },
        mailAddresses: reading.masksMailAddresses && file.bytes.starts(with: folders[2]))
      try texts.read(life.touches, hidden: hidden) { changes in
        let edits = changes.filter { $0.isEdit && !$0.touch.isIgnored }
        let lastChanged = edits.compactMap(\.touch.date).max()
        guard let created = life.created ?? lastChanged else { return }
        let people = edits.reduce(into: Set(life.firstPeople)) { $0.formUnion($1.touch.people) }
        entries[GitPath(file.bytes.dropFirst(prefix.count))] = History.Entry(
          created: created, lastChanged: lastChanged, people: names.names(of: people),
          changes: changes.map { change in
            History.Change(change, people: names.names(of: change.touch.people))
          })
      }
    }
    try texts.finish()
    return History(entries: entries, holdsCache: holdsCache)
  }

  /// The hash of the working tree's mailmap; empty when there is none.
  func mailmap(_ git: Git) throws -> [UInt8] {
    let top = String(repeating: "../", count: prefix.count { $0 == UInt8(ascii: "/") })
    return try git.run(["hash-object", "--no-filters", "\(top).mailmap"]).output
  }

  /// The documents in a commit's tree below `content/`, and whether the tree contains a file of the cache.
  ///
  /// - Parameter prefix: the path of `content/`; empty when it is a repository of its own, which cannot contain the cache.
  func files(
    of commit: String, below prefix: [UInt8], _ git: Git
  ) throws -> (texts: [GitPath], holdsCache: Bool) {
    let cache = Array(prefix.dropLast(History.folder.utf8.count) + CacheFolder.name.utf8)
    var arguments = ["ls-tree", "-r", "-z", "--name-only", "--full-tree", commit]
    if !prefix.isEmpty {
      arguments += ["--", String(decoding: prefix, as: UTF8.self)]
      arguments.append(String(decoding: cache, as: UTF8.self))
    }
    let outcome = try git.run(arguments)
    guard outcome.succeeded else { throw CommandFailure(description: outcome.firstLine) }
    let paths = outcome.output.split(separator: 0).map { GitPath($0) }
    return (
      paths.filter { $0.isMarkdown && $0.bytes.starts(with: prefix) },
      !prefix.isEmpty && paths.contains { $0.bytes.starts(with: cache) }
    )
  }

  /// The lives of files, in their order.
  func lives(
    of files: [GitPath], below prefix: [UInt8], since commit: String, _ reading: HistoryOptions,
    _ git: Git
  ) throws -> [FileLives.Life] {
    var reader = LogReader()
    var lives = FileLives(
      files: files, below: prefix, ignoredRevisions: reading.ignoredRevisions)
    // Renames are detected with git's default settings; a merge lists only files that differ from all of its parents.
    let outcome = try git.run([
      "log", "-z", "--topo-order", "--format=\(LogReader.format)", "--raw", "--no-abbrev",
      "-M50%", "-l1000", "-c", "-O/dev/null", "--no-relative", "--no-color", "--no-notes",
      "--use-mailmap",
      "--encoding=UTF-8", commit, "--",
    ]) { piece in
      reader.read(piece) { lives.add($0) }
    }
    guard outcome.succeeded else { throw CommandFailure(description: outcome.firstLine) }
    reader.finish { lives.add($0) }
    return lives.lives
  }
}

extension Git.Outcome {
  /// The path between single quotes in the message.
  fileprivate var quotedPath: String? {
    let parts = message.split(separator: "'", omittingEmptySubsequences: false)
    return parts.count > 2 ? String(parts[1]) : nil
  }

  fileprivate var firstLine: String {
    let line = message.split(whereSeparator: \.isNewline).first ?? "git failed without a message"
    return line.hasPrefix("fatal: ") ? String(line.dropFirst(7)) : String(line)
  }
}
