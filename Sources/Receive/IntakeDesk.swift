package import Stoa
import StoaExternalTools
package import StoaIntake
import StoaModel
import StoaPlatform

/// The decisions that a moderator makes on the command line, even while the service runs.
package struct IntakeDesk: Sendable {
  /// A reply of the spool.
  package struct Entry: Sendable {
    package let reply: SpooledReply
    package let state: SpooledReply.State
  }

  private let options: ReceiveOptions
  private let build: BuildOptions
  private let spool: Spool

  package init(_ options: ReceiveOptions, _ build: BuildOptions) throws {
    self.options = options
    self.build = build
    spool = try Spool(options.spool, as: .command)
  }

  /// The replies in some states, oldest first, and the names of files that are not replies.
  package func list(
    _ states: [SpooledReply.State]
  ) throws -> (entries: [Entry], unreadable: [String]) {
    var entries: [Entry] = []
    var unreadable: [String] = []
    for state in states {
      let (replies, others) = try spool.list(state)
      entries += replies.map { Entry(reply: $0, state: state) }
      unreadable += others
    }
    entries.sort {
      $0.reply.received != $1.reply.received
        ? $0.reply.received < $1.reply.received : $0.reply.key < $1.reply.key
    }
    return (entries, unreadable)
  }

  /// The reply for a name: its id, or the beginning of its key.
  package func entry(_ name: String) throws -> Entry {
    let (entries, _) = try list(SpooledReply.State.allCases)
    let found = entries.filter { entry in
      entry.reply.file.id == name || entry.reply.key == name
        || (name.utf8.count >= 6 && entry.reply.key.hasPrefix(name))
        || "\(entry.reply.file.post)/\(entry.reply.file.id)" == name
    }
    if let entry = found.first, found.count == 1 { return entry }
    if found.count > 1 {
      throw UsageError("“\(name)” names \(found.count) replies: write more of it")
    }
    if try spool.rejections().contains(where: { $0.id == name || $0.key.hasPrefix(name) }) {
      throw UsageError("“\(name)” was rejected, and its content was deleted")
    }
    throw UsageError("there is no reply “\(name)”: stoa intake list prints the ids")
  }

  /// Accepts a reply: it is committed to the branch, which is pushed.
  ///
  /// - Throws: When it was already decided, or git failed; then it stays accepted, and the service or the next command
  /// completes the step.
  package func accept(_ entry: Entry) throws {
    var state = entry.state
    while state.isOpen, try !spool.move(entry.reply, from: state, to: .accepted) {
      guard let now = spool.reply(entry.reply.key) else { break }
      state = now.state
    }
    guard let now = spool.reply(entry.reply.key) else { throw Self.decided(entry) }
    switch now.state {
    case .accepted: try publish(now.reply)
    case .published: return
    case .new, .doubtful, .proposed: throw Self.decided(entry)
    }
  }

  private static func decided(_ entry: Entry) -> UsageError {
    UsageError("\(entry.reply.file.id) was decided a moment ago")
  }

  private func publish(_ reply: SpooledReply) throws {
    do {
      try proposer()?.publish(reply)
    } catch let failure as ProposalRepository.Failure {
      throw SystemFailure(
        path: reply.file.path, code: EIO,
        reason: "it is accepted, but is not on the branch yet: \(failure)")
    }
  }

  private func proposer() throws -> Proposer? {
    guard let proposals = options.proposals else { return nil }
    guard let git = build.tools.onPath("git") else { throw UsageError("git is not installed") }
    return Proposer(proposals, git: git, spool: spool)
  }

  /// Rejects a reply: its content and its branch are deleted.
  package func reject(_ entry: Entry, at now: Int64) throws {
    guard entry.state.isOpen else {
      throw UsageError("\(entry.reply.file.id) is \(entry.state.rawValue) already")
    }
    guard try spool.reject(entry.reply, from: entry.state, at: now) else {
      throw Self.decided(entry)
    }
    guard let rejection = spool.rejection(entry.reply.key) else { return }
    do {
      try proposer()?.withdraw(rejection)
    } catch let failure as ProposalRepository.Failure {
      throw SystemFailure(
        path: entry.reply.file.path, code: EIO,
        reason: "it is rejected, but its proposal could not be removed yet: \(failure)")
    }
  }

  /// The records of rejected replies.
  package func rejections() throws -> [RejectedReply] { try spool.rejections() }

  /// Removes replies and records that need no decision any more.
  package func purge(olderThan age: Int64, at now: Int64) throws -> Int {
    try spool.purge(before: now - age)
  }

  // MARK: Data requests

  /// The stored data about an address.
  package func subscriptions(of box: MailBox) throws -> [Subscription] {
    try store()?.all().filter { $0.mailBox.normalized == box.normalized } ?? []
  }

  /// The replies that came with an address, as far as they are still in the spool.
  package func reply(of subscription: Subscription) -> SpooledReply? {
    spool.reply(subscription.reply)?.reply
  }

  /// Deletes an address; returns the number of its subscriptions.
  package func erase(_ box: MailBox) throws -> Int { try store()?.forget(box) ?? 0 }

  private func store() throws -> SubscriptionStore? {
    try options.mail.map { try SubscriptionStore(spool, sealKey: $0.sealKey) }
  }
}
