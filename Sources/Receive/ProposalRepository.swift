import StoaExternalTools
import StoaHistory
import StoaIntake
import StoaLoad
import StoaModel
import StoaPlatform
import StoaSystem

/// The bare repository in which replies become commits.
///
/// Only git's plumbing commands are used, so there is no work tree. Everything in it can be recreated. One process uses it at a time (`Spool.withRepository`).
struct ProposalRepository: Sendable {
  /// What git wrote when a command failed.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// The time limit for git commands: only a remote that does not answer takes this long.
  private static let patience = Duration.seconds(300)
  static let base = "refs/heads/base"

  let git: String
  let path: String
  let remote: String
  let branch: String

  /// Creates the repository if it does not exist.
  func open() throws {
    _ = try run(["init", "--quiet", "--bare", "--", path], inRepository: false)
  }

  /// Removes the lock files of a git process that was killed; no other process uses the repository now.
  func unlock() {
    for folder in ["", "refs/heads/", "objects/info/", "info/"] {
      guard let stream = opendir("\(path)/\(folder)") else { continue }
      defer { closedir(stream) }
      while let entry = readdir(stream) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name.hasSuffix(".lock") || name.hasPrefix("index-") {
          unlink("\(path)/\(folder)\(name)")
        }
      }
    }
  }

  /// Fetches the current state of the target branch, and returns its commit.
  func fetch() throws -> String {
    _ = try run([
      "fetch", "--quiet", "--no-tags", "--force", "--", remote, "refs/heads/\(branch):\(Self.base)",
    ])
    return try run(["rev-parse", Self.base])
  }

  func has(_ file: String, in commit: String) -> Bool {
    (try? run(["cat-file", "-e", "\(commit):\(file)"])) != nil
  }

  func has(commit: String) -> Bool { (try? run(["cat-file", "-e", commit])) != nil }

  func parent(of commit: String) -> String? { try? run(["rev-parse", "\(commit)^"]) }

  /// Whether a commit adds more than one file.
  func isShared(_ commit: String) -> Bool {
    let files = try? run(["diff-tree", "-r", "--no-commit-id", "--name-only", commit])
    return (files ?? "").contains("\n")
  }

  /// Makes a commit that adds files.
  ///
  /// The same files on the same base always give the same commit.
  ///
  /// - Parameters:
  ///   - key: the name of the index file.
  ///   - author: the author's name; the commit's e-mail address is a placeholder.
  ///   - seconds: its time, since 1970.
  func commit(
    _ files: [ResponseFile], on base: String, key: String, author: String, at seconds: Int64,
    message: String
  ) throws -> String {
    let index = "\(path)/index-\(key)"
    defer { unlink(index) }
    _ = try run(["read-tree", base], index: index)
    let entries = try files.map { file in
      "100644 \(try run(["hash-object", "-w", "--stdin"], input: file.bytes))\t\(file.path)\n"
    }
    _ = try run(
      ["update-index", "--add", "--index-info"], input: Array(entries.joined().utf8), index: index)
    let tree = try run(["write-tree"], index: index)
    let date = "@\(seconds) +0000"
    return try run(
      ["-c", "commit.gpgSign=false", "commit-tree", tree, "-p", base, "-F", "-"],
      input: Array(message.utf8),
      environment: [
        "GIT_AUTHOR_NAME=\(Self.shown(author))", "GIT_AUTHOR_EMAIL=guest@invalid",
        "GIT_AUTHOR_DATE=\(date)", "GIT_COMMITTER_NAME=Guest",
        "GIT_COMMITTER_EMAIL=guest@invalid", "GIT_COMMITTER_DATE=\(date)",
      ])
  }

  /// A name that git accepts as an author: it rejects names without letters or digits.
  private static func shown(_ name: String) -> String {
    let name = String(
      String.UnicodeScalarView(name.unicodeScalars.filter { $0.value >= 0x20 && $0 != "\u{7F}" }))
    return name.unicodeScalars.contains {
      $0.properties.isAlphabetic || $0.properties.numericType != nil
    }
      ? name : "Guest"
  }

  /// Pushes a commit.
  ///
  /// - Parameter options: the options for the forge.
  func push(_ commit: String, to reference: String, options: [String] = []) throws {
    _ = try run(
      ["push", "--quiet"] + options.flatMap { ["-o", $0] } + receiver
        + ["--", remote, "\(commit):\(reference)"])
  }

  /// If the remote is a repository with the branch checked out, a push also updates its files, unless they have local changes.
  private var receiver: [String] {
    remote.hasPrefix("/")
      ? ["--receive-pack=git -c receive.denyCurrentBranch=updateInstead receive-pack"] : []
  }

  func remoteHas(_ reference: String) throws -> Bool {
    try !run(["ls-remote", "--", remote, reference]).isEmpty
  }

  /// Removes objects that no branch contains, such as the text of a rejected reply.
  ///
  /// Commits that wait to be pushed are made again.
  func prune() throws { _ = try run(["prune", "--expire=now"]) }

  /// Deletes a branch, if it exists.
  func delete(_ reference: String) throws {
    guard try remoteHas(reference) else { return }
    _ = try run(["push", "--quiet", "--", remote, ":\(reference)"])
  }

  private func run(
    _ arguments: [String], input: [UInt8] = [], index: String? = nil,
    environment: [String] = [], inRepository: Bool = true
  ) throws -> String {
    let tool = ExternalTool(
      path: git, leadingArguments: inRepository ? ["--git-dir", path] : [],
      environment: GitEnvironment.make() + (index.map { ["GIT_INDEX_FILE=\($0)"] } ?? [])
        + environment)
    let outcome = try tool.run(arguments, input: input, atMost: Self.patience)
    guard outcome.succeeded else {
      let words = String(decoding: outcome.complaints, as: UTF8.self)
      let command = arguments.first { !$0.hasPrefix("-") && !$0.contains("=") } ?? ""
      throw Failure(description: "git \(command): \(String(words.prefix(500)).onOneLine.trimmed)")
    }
    return String(decoding: outcome.output, as: UTF8.self).trimmed
  }
}
