import CSodium
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

/// An event that the service reports.
///
/// No event contains a mail address or the network address of a visitor.
package enum ReceiveEvent: Sendable {
  case listening(host: String, port: Int)
  /// The address at which the service reports its state.
  case health(host: String, port: Int)
  /// A reply is in the spool.
  case received(post: String, id: String)
  /// A reply is in the queue of doubtful replies.
  case doubtful(post: String, id: String, reasons: [String])
  /// Files of the spool that are not replies.
  case unreadable([String])
  case proposed(post: String, id: String)
  /// Replies that became one proposal.
  case proposedTogether(Int)
  /// A reply is on the branch.
  case published(post: String, id: String)
  /// A proposal could not be made, and will be tried again.
  case delayed(post: String, id: String, reason: String)
  case mailDelayed(reason: String)
}

/// Takes replies until the task is cancelled.
///
/// - Parameter build: the options of the build whose posts can be answered.
/// - Throws: When the spool cannot be used, there is no port to listen at, or the community cannot be read.
package func receive(
  _ options: ReceiveOptions, _ build: BuildOptions,
  report: @escaping @Sendable (ReceiveEvent) -> Void
) async throws {
  guard sodium_init() >= 0 else {
    throw SystemFailure(path: "libsodium", code: ENOSYS, reason: "it cannot be used")
  }
  let spool = try Spool(options.spool)
  let kept = try SpooledReply.State.allCases.map { try spool.list($0) }
  let unreadable = kept.flatMap(\.unreadable)
  if !unreadable.isEmpty { report(.unreadable(unreadable)) }
  let limits = DailyLimits(known: kept.flatMap { $0.replies.map(\.text) })
  let key = try spool.secret()
  let store = try options.mail.map { try SubscriptionStore(spool, sealKey: $0.sealKey) }
  let sendmail = try options.mail.map { try Sendmail($0.command, tools: build.tools) }
  let counters = ServiceCounters()
  let pages = CurrentPages()
  let watcher = try FolderWatcher(root: build.root)
  let site = LiveSite(build) { "@\(time(nil))" }
  pages.show(try await site.first())
  let service = ReplyService(
    url: options.url, key: key,
    actions: actions(spool, store, site, limits, counters, report))

  let workers = ServiceWorkers(options, build, spool, pages, counters, report)
  let proposing = Task { await workers.decideAndPropose() }
  defer { proposing.cancel() }
  let writing = Task {
    guard let mail = options.mail, let store, let sendmail else { return }
    await workers.write(
      Courier(
        mail, sendmail, service, spool, store, tools: build.tools, at: Int64(time(nil))))
  }
  defer { writing.cancel() }

  let group = MultiThreadedEventLoopGroup(numberOfThreads: 2)
  do {
    let load = ServiceLoad()
    let channel = try await listen(at: options.listen, group) { channel in
      ServiceHandler(service, pages, load)
    }
    report(
      .listening(
        host: options.listen.host, port: channel.localAddress?.port ?? options.listen.port))
    if let health = options.health {
      let channel = try await listen(at: health, group) { _ in
        HealthHandler(
          problems: { problems(spool, pages) },
          metrics: {
            counters.text(
              waiting: SpooledReply.State.allCases.map { ($0.rawValue, spool.count($0)) })
          })
      }
      report(.health(host: health.host, port: channel.localAddress?.port ?? health.port))
    }
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
    throw SystemFailure(
      path: "\(options.listen.host):\(options.listen.port)", code: error.errnoCode)
  } catch {
    try? await group.shutdownGracefully()
    throw error
  }
  try await group.shutdownGracefully()
}

private func listen(
  at endpoint: ReceiveOptions.Endpoint, _ group: MultiThreadedEventLoopGroup,
  _ handler: @escaping @Sendable (any Channel) -> any ChannelHandler
) async throws -> any Channel {
  try await ServerBootstrap(group: group)
    .serverChannelOption(.backlog, value: 512)
    .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
    .childChannelInitializer { channel in
      channel.eventLoop.makeCompletedFuture {
        let pipeline = channel.pipeline.syncOperations
        try pipeline.configureHTTPServerPipeline()
        try pipeline.addHandler(handler(channel))
      }
    }
    .bind(host: endpoint.host, port: endpoint.port).get()
}

/// The reason why the service is not healthy.
private func problems(_ spool: Spool, _ pages: CurrentPages) -> [String] {
  var problems: [String] = []
  if pages.snapshot?.renderContext == nil {
    problems.append("the community's pages cannot be read")
  }
  do {
    try spool.tryWriting()
  } catch {
    problems.append("the spool cannot be written: \(error)")
  }
  return problems
}

// MARK: What the service does

/// Threads that wait for disks.
private let disk = DispatchQueue(label: "stoa.spool", attributes: .concurrent)

private func actions(
  _ spool: Spool, _ store: SubscriptionStore?, _ site: LiveSite, _ limits: DailyLimits,
  _ counters: ServiceCounters,
  _ report: @escaping @Sendable (ReceiveEvent) -> Void
) -> ServiceActions {
  let now: @Sendable () -> Int64 = { Int64(time(nil)) }
  return ServiceActions(
    keep: { reply, state, mailBox in
      try await disk.run {
        // The address is stored first, so that a stored reply can be acknowledged together with everything that was sent.
        let subscription =
          store == nil
          ? nil
          : mailBox.map {
            Subscription(id: randomKey(), mailBox: $0, reply: reply)
          }
        if let subscription { try store?.add(subscription) }
        switch (try spool.put(reply, as: state), state) {
        case (.known, _): if let subscription { try store?.forget(subscription.id) }
        case (.kept, .doubtful):
          report(.doubtful(post: reply.file.post, id: reply.file.id, reasons: reply.reasons))
        case (.kept, _): report(.received(post: reply.file.post, id: reply.file.id))
        }
      }
    },
    judge: { limits.judge($0) },
    preview: { text, post in await site.body(of: text, answering: post) },
    canShow: { await site.canShow($0) },
    openReply: { key in
      guard let found = try? await disk.run({ spool.reply(key) }), found.state.isOpen else {
        return nil
      }
      return found.reply
    },
    decide: { key, isAccepted in
      try await disk.run {
        try spool.decide(key, isAccepted: isAccepted, at: now(), counters)
      }
    },
    confirm: { id in try await disk.run { try store?.update(id) { $0.confirm(at: now()) } != nil }
    },
    forget: { id in try await disk.run { try store?.forgetAddress(of: id) } },
    sendsMail: store != nil, now: now, counters: counters)
}

/// 128 random bits from libsodium, in hexadecimal.
private func randomKey() -> String {
  var bytes = [UInt8](repeating: 0, count: 16)
  randombytes_buf(&bytes, bytes.count)
  return bytes.map { $0 < 16 ? "0\(String($0, radix: 16))" : String($0, radix: 16) }.joined()
}

extension Spool {
  /// Accepts or rejects a reply.
  ///
  /// - Returns: False when the reply has already been decided or removed.
  fileprivate func decide(
    _ key: String, isAccepted: Bool, at now: Int64, _ counters: ServiceCounters
  ) throws -> Bool {
    while let (reply, state) = self.reply(key), state.isOpen {
      if isAccepted {
        if try move(reply, from: state, to: .accepted) { return true }
      } else if try reject(reply, from: state, at: now) {
        counters.add(.rejected)
        return true
      }
      // The reply became a proposal meanwhile.
    }
    return false
  }
}
