import NIOCore
import NIOHTTP1

/// Serves the state of the service to this machine: `/health` and `/metrics`.
final class HealthHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  /// The problems that can be found by reading the disk; empty when there are none.
  private let problems: @Sendable () -> [String]
  private let metrics: @Sendable () -> String
  private var path = ""

  init(problems: @escaping @Sendable () -> [String], metrics: @escaping @Sendable () -> String) {
    self.problems = problems
    self.metrics = metrics
  }

  func channelActive(context: ChannelHandlerContext) {
    let channel = context.channel
    context.eventLoop.scheduleTask(in: .seconds(10)) { channel.close(promise: nil) }
    context.fireChannelActive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head): path = head.uri
    case .body: break
    case .end:
      let (path, problems, metrics) = (path, problems, metrics)
      let answer = context.eventLoop.makeFutureWithTask { () -> (status: Int, text: String) in
        switch path {
        case "/health":
          let found = problems()
          return found.isEmpty ? (200, "ok\n") : (503, found.map { "\($0)\n" }.joined())
        case "/metrics": return (200, metrics())
        default: return (404, "There are /health and /metrics.\n")
        }
      }
      answer.assumeIsolated().whenSuccess { status, text in
        let head = HTTPResponseHead(
          version: .http1_1, status: HTTPResponseStatus(statusCode: status),
          headers: [
            "content-type": "text/plain; charset=utf-8", "content-length": "\(text.utf8.count)",
            "connection": "close",
          ])
        context.write(self.wrapOutboundOut(.head(head)), promise: nil)
        context.write(
          self.wrapOutboundOut(.body(.byteBuffer(context.channel.allocator.buffer(string: text)))),
          promise: nil)
        let channel = context.channel
        context.writeAndFlush(self.wrapOutboundOut(.end(nil)))
          .whenComplete { _ in channel.close(promise: nil) }
      }
    }
  }
}
