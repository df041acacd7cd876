import StoaExternalTools
import StoaHistory
import StoaIntake
import StoaLoad
import StoaModel
import StoaSystem

/// Makes a proposal of a reply: a commit with one new file, on a branch of its own or as the forge wants it.
///
/// Only git's plumbing is used, in a bare repository of the service's own, so that no work tree is ever in between. Each step can be
/// done again: which commit a reply became is written down before it is pushed, and a reply is out of the waiting ones only when it
/// has been.
struct Proposer: Sendable {
  let options: ReceiveOptions.Proposals
  let git: String
  /// The bare repository.
  let repository: String
  let spool: Spool

  /// What git said when it would not go on.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// Makes a proposal of a reply, or finds that there is one.
  func propose(_ reply: SpooledReply) throws {
    _ = try run(["init", "--quiet", "--bare", "--", repository], inRepository: false)
    let base = "refs/heads/base"
    _ = try run([
      "fetch", "--quiet", "--no-tags", "--force", "--", options.repository,
      "refs/heads/\(options.branch):\(base)",
    ])
    // Somebody has accepted it already, in this way or another.
    let isPublished = (try? run(["cat-file", "-e", "\(base):\(reply.file.path)"])) != nil
    if !isPublished {
      let commit: String
      if let known = try spool.commit(of: reply), (try? run(["cat-file", "-e", known])) != nil {
        commit = known
      } else {
        commit = try self.commit(reply, on: try run(["rev-parse", base]))
        try spool.record(commit: commit, of: reply)
      }
      try push(commit, of: reply)
    }
    try spool.move(reply, from: .new, to: .proposed)
  }

  private func commit(_ reply: SpooledReply, on base: String) throws -> String {
    let blob = try run(["hash-object", "-w", "--stdin"], input: reply.file.bytes)
    let index = "\(repository)/index-\(reply.key)"
    defer { spool.forget(index) }
    _ = try run(["read-tree", base], index: index)
    _ = try run(
      ["update-index", "--add", "--cacheinfo", "100644,\(blob),\(reply.file.path)"], index: index)
    let tree = try run(["write-tree"], index: index)
    // The writer's name is in the file. Nothing else about them is known, or kept.
    return try run([
      "-c", "user.name=Guest", "-c", "user.email=guest@invalid", "-c", "commit.gpgSign=false",
      "commit-tree", tree, "-p", base, "-m", title(of: reply),
    ])
  }

  private func title(of reply: SpooledReply) -> String { "Reply to \(reply.file.post)" }

  /// The branch, or the topic, of a reply; some names of posts are none of branches.
  static func branch(of reply: SpooledReply) -> String {
    "reply/\(reply.file.post.replacing(".", with: "-"))/\(reply.file.id)"
  }

  private func push(_ commit: String, of reply: SpooledReply) throws {
    let branch = Self.branch(of: reply)
    var arguments = ["push", "--quiet"]
    var target = "refs/heads/\(branch)"
    switch options.way {
    case .branch: break
    case .agit:
      target = "refs/for/\(options.branch)"
      arguments += ["-o", "topic=\(branch)", "-o", "title=\(title(of: reply))"]
    case .mergeRequest:
      arguments += [
        "-o", "merge_request.create", "-o", "merge_request.target=\(options.branch)", "-o",
        "merge_request.title=\(title(of: reply))",
      ]
    }
    if options.way != .agit,
      try !run(["ls-remote", "--", options.repository, target]).isEmpty
    {
      return
    }
    _ = try run(arguments + ["--", options.repository, "\(commit):\(target)"])
  }

  private func run(
    _ arguments: [String], input: [UInt8] = [], index: String? = nil, inRepository: Bool = true
  ) throws -> String {
    let tool = ExternalTool(
      path: git, leadingArguments: inRepository ? ["--git-dir", repository] : [],
      environment: GitEnvironment.make() + (index.map { ["GIT_INDEX_FILE=\($0)"] } ?? []))
    let outcome = try tool.run(arguments, input: input)
    guard outcome.succeeded else {
      let words = String(decoding: outcome.complaints, as: UTF8.self)
      throw Failure(description: "git \(arguments[0]): \(words.prefix(500).trimmed)")
    }
    return String(decoding: outcome.output, as: UTF8.self).trimmed
  }
}

extension Substring {
  fileprivate var trimmed: String { String(self).trimmed }
}
