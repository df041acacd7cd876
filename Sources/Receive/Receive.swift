import Dispatch
import NIOCore
import NIOHTTP1
import NIOPosix
package import Stoa
import StoaExternalTools
import StoaIntake
import StoaModel
import StoaPlatform
import StoaPreview

/// What the service prints.
package enum ReceiveEvent: Sendable {
  case listening(host: String, port: Int)
  /// A reply is in the spool.
  case received(post: String, id: String)
  /// Files of the spool that are no replies.
  case unreadable([String])
  case proposed(post: String, id: String)
  /// A proposal could not be made now; it is tried again.
  case delayed(post: String, id: String, reason: String)
}

/// Takes replies until the task is cancelled.
///
/// - Parameter build: what is shown; its audience decides what can be answered.
/// - Throws: When the spool cannot be used, there is no port to listen at, or the community cannot be read.
package func receive(
  _ options: ReceiveOptions, _ build: BuildOptions,
  report: @escaping @Sendable (ReceiveEvent) -> Void
) async throws {
  let spool = try Spool(options.spool)
  let unreadable = try SpooledReply.State.allCases.flatMap { try spool.list($0).unreadable }
  if !unreadable.isEmpty { report(.unreadable(unreadable)) }
  let service = ReplyService(
    url: options.url, key: try spool.secret(),
    keep: { reply in
      if try spool.put(reply, as: .new) == .kept {
        report(.received(post: reply.file.post, id: reply.file.id))
      }
    }, now: { Int64(time(nil)) })
  let proposing = Task { await propose(from: spool, options, build, report) }
  defer { proposing.cancel() }
  let pages = CurrentPages()
  let watcher = try FolderWatcher(root: build.root)
  let site = LiveSite(build) { "@\(time(nil))" }
  pages.show(try await site.first())

  let group = MultiThreadedEventLoopGroup(numberOfThreads: 2)
  do {
    let connections = ConnectionCount()
    let channel = try await ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 256)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          try pipeline.configureHTTPServerPipeline()
          try pipeline.addHandler(ServiceHandler(service, pages, connections))
        }
      }
      .bind(host: options.host, port: options.port).get()
    report(.listening(host: options.host, port: channel.localAddress?.port ?? options.port))
    await withTaskCancellationHandler {
      while let changes = await watcher.next() {
        if let snapshot = await site.next(after: changes) { pages.show(snapshot) }
      }
    } onCancel: {
      watcher.end()
    }
    try await channel.close()
  } catch let error as IOError {
    try? await group.shutdownGracefully()
    throw SystemFailure(path: "\(options.host):\(options.port)", code: error.errnoCode)
  } catch {
    try? await group.shutdownGracefully()
    throw error
  }
  try await group.shutdownGracefully()
}

/// Makes proposals of what waits in the spool, until the task is cancelled.
///
/// What cannot be proposed now waits, and so does what came after it: a remote that is away is away for all.
private func propose(
  from spool: Spool, _ options: ReceiveOptions, _ build: BuildOptions,
  _ report: @Sendable (ReceiveEvent) -> Void
) async {
  guard let proposals = options.proposals, let git = build.tools.onPath("git") else { return }
  let proposer = Proposer(
    options: proposals, git: git, repository: "\(options.spool)/repository.git", spool: spool)
  let queue = DispatchQueue(label: "stoa.propose")
  var pause = Duration.seconds(1)
  while !Task.isCancelled {
    pause = min(pause, .seconds(60))
    for reply in (try? spool.list(.new).replies) ?? [] {
      if Task.isCancelled { return }
      let (post, id) = (reply.file.post, reply.file.id)
      do {
        try await queue.run { try proposer.propose(reply) }
        report(.proposed(post: post, id: id))
        pause = .seconds(1)
      } catch {
        report(.delayed(post: post, id: id, reason: "\(error)"))
        pause *= 2
        break
      }
    }
    try? await Task.sleep(for: pause)
  }
}

extension DispatchQueue {
  /// Does what waits for other programs, without keeping one of the few threads that tasks have.
  fileprivate func run(_ work: @escaping @Sendable () throws -> Void) async throws {
    try await withCheckedThrowingContinuation { continuation in
      async { continuation.resume(with: Result(catching: work)) }
    }
  }
}
