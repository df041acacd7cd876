import NIOCore
import NIOHTTP1
import NIOPosix
import StoaModel
import StoaPlatform

/// Serves snapshots over HTTP.
final class PreviewServer: Sendable {
  let hub = EventHub()
  /// The port that was found.
  let port: Int
  private let channel: any Channel
  private let group: MultiThreadedEventLoopGroup

  /// The maximum number of consecutive ports to try.
  private static let attempts = 20

  /// Listens at the first free port from `port` on.
  init(host: String, port: Int, replies: ReplyDoor?) async throws {
    group = MultiThreadedEventLoopGroup(numberOfThreads: 2)
    let responder = Responder(bound: host, replies: replies)
    let bootstrap = ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 64)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { [hub] channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          try pipeline.configureHTTPServerPipeline()
          try pipeline.addHandler(RequestHandler(responder, hub))
        }
      }
    do {
      channel = try await Self.bind(bootstrap, host: host, port: port)
    } catch {
      try? await group.shutdownGracefully()
      throw error
    }
    self.port = channel.localAddress?.port ?? port
  }

  private static func bind(
    _ bootstrap: ServerBootstrap, host: String, port: Int
  ) async throws(ListenError) -> any Channel {
    for attempt in 0..<attempts {
      do {
        return try await bootstrap.bind(host: host, port: port + attempt).get()
      } catch let error as IOError where error.errnoCode == EADDRINUSE && port > 0 {
        continue
      } catch let error as IOError {
        throw ListenError(host: host, port: port + attempt, reason: reason(error.errnoCode))
      } catch {
        throw ListenError(host: host, port: port + attempt, reason: "\(error)")
      }
    }
    throw ListenError(
      host: host, port: port, reason: "this port and the \(attempts - 1) after it are taken")
  }

  private static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }

  /// Closes every connection.
  func end() async throws {
    try await channel.close()
    try await group.shutdownGracefully()
  }
}

/// There is no free port.
struct ListenError: InputOutputFailure {
  let host: String
  let port: Int
  let reason: String

  var description: String { "cannot listen at \(host):\(port): \(reason)" }
}
