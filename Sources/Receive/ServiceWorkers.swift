import Dispatch
import Stoa
import StoaExternalTools
import StoaIntake
import StoaPlatform
import StoaPreview

/// The background work of the service: git, mail, and timers.
struct ServiceWorkers: Sendable {
  private let options: ReceiveOptions
  private let build: BuildOptions
  private let spool: Spool
  private let pages: CurrentPages
  private let counters: ServiceCounters
  private let report: @Sendable (ReceiveEvent) -> Void

  init(
    _ options: ReceiveOptions, _ build: BuildOptions, _ spool: Spool, _ pages: CurrentPages,
    _ counters: ServiceCounters, _ report: @escaping @Sendable (ReceiveEvent) -> Void
  ) {
    self.options = options
    self.build = build
    self.spool = spool
    self.pages = pages
    self.counters = counters
    self.report = report
  }

  /// From this number of waiting replies on, one proposal has all of them.
  private static let mostAlone = 10
  private static let mostTogether = 500

  /// Makes proposals of the replies in the spool, and publishes accepted ones, until the task is cancelled.
  ///
  /// After a failure, all later replies wait too: an unreachable remote fails for each of them.
  func decideAndPropose() async {
    guard let proposals = options.proposals, let git = build.tools.onPath("git") else { return }
    let proposer = Proposer(proposals, git: git, spool: spool)
    let queue = DispatchQueue(label: "stoa.propose")
    var pause = Duration.seconds(1)
    try? await queue.run { try proposer.unlock() }
    while !Task.isCancelled {
      do {
        try await queue.run {
          for key in try spool.names(in: "commits") {
            if let rejection = spool.rejection(key) { try proposer.withdraw(rejection) }
          }
          for reply in try spool.list(.accepted).replies { try publish(reply, proposer) }
          if proposals.way != .none { try propose(proposer) }
        }
        pause = .seconds(1)
      } catch let failure as Waiting {
        counters.add(.delayed)
        report(.delayed(post: failure.post, id: failure.id, reason: failure.reason))
        pause = min(pause * 2, .seconds(60))
      } catch {
        counters.add(.delayed)
        report(.delayed(post: "", id: "", reason: "\(error)"))
        pause = min(pause * 2, .seconds(60))
      }
      try? await Task.sleep(for: pause)
    }
  }

  /// The reply at which a pass stopped.
  private struct Waiting: Error {
    let post: String
    let id: String
    let reason: String

    init(_ reply: SpooledReply, _ error: any Error) {
      (post, id) = (reply.file.post, reply.file.id)
      reason = "\(error)"
    }
  }

  private func publish(_ reply: SpooledReply, _ proposer: Proposer) throws {
    do {
      try proposer.publish(reply)
    } catch {
      throw Waiting(reply, error)
    }
    counters.add(.published)
    report(.published(post: reply.file.post, id: reply.file.id))
  }

  private func propose(_ proposer: Proposer) throws {
    try proposer.finishBatches()
    let new = try spool.list(.new).replies
    let doubtful = try spool.list(.doubtful).replies
    let isDue = doubtful.first.map { Int64(time(nil)) - $0.received >= options.gather } ?? false
    if new.count > Self.mostAlone || isDue {
      let together = Array(
        ((new.count > Self.mostAlone ? new : []) + (isDue ? doubtful : [])).prefix(
          Self.mostTogether))
      do {
        try proposer.propose(together)
      } catch {
        throw Waiting(together[0], error)
      }
      counters.add(.proposed, together.count)
      report(.proposedTogether(together.count))
    }
    guard new.count <= Self.mostAlone else { return }
    for reply in new {
      if Task.isCancelled { return }
      do {
        try proposer.propose(reply)
      } catch {
        throw Waiting(reply, error)
      }
      counters.add(.proposed)
      report(.proposed(post: reply.file.post, id: reply.file.id))
    }
  }

  /// Writes mails until the task is cancelled.
  func write(_ courier: Courier) async {
    let queue = DispatchQueue(label: "stoa.mail")
    var pause = Duration.seconds(1)
    while !Task.isCancelled {
      if let context = pages.snapshot?.renderContext {
        let result = try? await queue.run { courier.pass(at: Int64(time(nil)), in: context) }
        counters.add(.mails, result?.sent ?? 0)
        if let failure = result?.failure {
          counters.add(.delayed)
          report(.mailDelayed(reason: failure))
          pause = min(pause * 2, .seconds(300))
        } else {
          pause = .seconds(1)
        }
      }
      try? await Task.sleep(for: pause)
    }
  }
}
