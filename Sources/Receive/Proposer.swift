import StoaIntake
import StoaModel

/// Makes proposals from replies, and adds accepted replies to the branch.
///
/// Every step can be repeated: a reply's commit is recorded before it is pushed, and the reply changes its state only after the
/// push.
struct Proposer: Sendable {
  let way: ReceiveOptions.Proposals.Way
  let repository: ProposalRepository
  let spool: Spool

  init(_ options: ReceiveOptions.Proposals, git: String, spool: Spool) {
    way = options.way
    self.spool = spool
    repository = ProposalRepository(
      git: git, path: "\(spool.path)/repository.git", remote: options.repository,
      branch: options.branch)
  }

  /// Removes lock files that a killed process left.
  func unlock() throws { try spool.withRepository { repository.unlock() } }

  // MARK: Proposals

  /// Makes the proposal of a reply, if it does not exist yet.
  func propose(_ reply: SpooledReply) throws {
    try spool.withRepository {
      try repository.open()
      let base = try repository.fetch()
      // The reply has already been accepted, by a moderator's command or on the forge.
      if !repository.has(reply.file.path, in: base) {
        let commit: String
        if let known = try spool.commit(of: reply.key), repository.has(commit: known) {
          commit = known
        } else {
          commit = try self.commit(reply, on: base)
          try spool.record(commit: commit, of: reply.key)
        }
        try propose(commit, as: Self.branch(of: reply), Self.title(of: reply))
      }
      try spool.move(reply, from: .new, to: .proposed)
    }
  }

  /// Makes one proposal of many replies, including doubtful ones, with a list that describes each of them.
  ///
  /// The list of replies is recorded with the commit, so an interrupted proposal is completed later.
  func propose(_ replies: [SpooledReply]) throws {
    guard let first = replies.first, let last = replies.last else { return }
    try spool.withRepository {
      try repository.open()
      let base = try repository.fetch()
      let message = ReplyBatch.message(of: replies)
      let commit = try repository.commit(
        replies.map(\.file), on: base, key: first.key, author: "Guest", at: last.received,
        message: message)
      let batch = ReplyBatch(id: first.file.id, commit: commit, keys: replies.map(\.key))
      for reply in replies { try spool.record(commit: commit, of: reply.key) }
      try spool.keep(batch)
      try finish(batch)
    }
  }

  /// Completes the proposals that were interrupted because the program ended or the remote was unreachable.
  func finishBatches() throws {
    for batch in try spool.batches() {
      try spool.withRepository {
        try repository.open()
        try finish(batch)
      }
    }
  }

  private func finish(_ batch: ReplyBatch) throws {
    // A lost repository is created again, with its commits.
    if repository.has(commit: batch.commit) {
      try propose(batch.commit, as: batch.branch, batch.title)
      for key in batch.keys {
        guard let (reply, state) = spool.reply(key), state == .new || state == .doubtful else {
          continue
        }
        try spool.move(reply, from: state, to: .proposed)
      }
    }
    try spool.forget(batch)
  }

  private func propose(_ commit: String, as branch: String, _ title: String) throws {
    switch way {
    case .agit:
      do {
        try repository.push(
          commit, to: "refs/for/\(repository.branch)",
          options: ["topic=\(branch)", "title=\(title)"])
      } catch let failure as ProposalRepository.Failure
        where failure.description.contains("same with old commit")
      {
        // It was pushed before, but that was not recorded.
      }
    case .branch, .mergeRequest, .none:
      let reference = "refs/heads/\(branch)"
      guard try !repository.remoteHas(reference) else { return }
      let options = [
        "merge_request.create", "merge_request.target=\(repository.branch)",
        "merge_request.title=\(title)",
      ]
      try repository.push(commit, to: reference, options: way == .mergeRequest ? options : [])
    }
  }

  private func commit(_ reply: SpooledReply, on base: String) throws -> String {
    try repository.commit(
      [reply.file], on: base, key: reply.key, author: reply.name, at: reply.received,
      message: "\(Self.title(of: reply))\n")
  }

  private static func title(of reply: SpooledReply) -> String { "Reply to \(reply.file.post)" }

  /// The name of the branch or topic for a reply; some names of posts are invalid as names of branches.
  static func branch(of reply: SpooledReply) -> String {
    branch(post: reply.file.post, id: reply.file.id)
  }

  private static func branch(post: String, id: String) -> String {
    "reply/\(post.replacing(".", with: "-"))/\(id)"
  }

  // MARK: What a moderator decided

  /// Adds an accepted reply to the branch, if it is not there yet.
  func publish(_ reply: SpooledReply) throws {
    try spool.withRepository {
      try repository.open()
      var attempts = 3
      while true {
        let base = try repository.fetch()
        if repository.has(reply.file.path, in: base) { break }
        var commit = try spool.commit(of: reply.key)
        // The proposed commit itself, if possible, so that a forge recognises the proposal as merged.
        if let known = commit,
          !repository.has(commit: known) || repository.parent(of: known) != base || isShared(known)
        {
          commit = nil
        }
        do {
          try repository.push(
            try commit ?? self.commit(reply, on: base), to: "refs/heads/\(repository.branch)")
          break
        } catch {
          // Another push came first.
          attempts -= 1
          guard attempts > 0, try repository.fetch() != base else { throw error }
        }
      }
      try withdraw(post: reply.file.post, id: reply.file.id, key: reply.key)
      try spool.move(reply, from: .accepted, to: .published)
    }
  }

  /// Withdraws the proposal of a rejected reply.
  func withdraw(_ rejection: RejectedReply) throws {
    guard try spool.commit(of: rejection.key) != nil else { return }
    try spool.withRepository {
      try repository.open()
      try withdraw(post: rejection.post, id: rejection.id, key: rejection.key)
      try repository.prune()
    }
  }

  private func withdraw(post: String, id: String, key: String) throws {
    guard let commit = try spool.commit(of: key) else { return }
    // A pull request that a forge made itself is closed on the forge; a proposal of several replies still has the others.
    if way != .agit, !isShared(commit) {
      try repository.delete("refs/heads/\(Self.branch(post: post, id: id))")
    }
    try spool.forgetCommit(of: key)
  }

  /// Whether a commit contains several replies.
  private func isShared(_ commit: String) -> Bool { repository.isShared(commit) }
}
