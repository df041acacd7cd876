import NIOCore
import NIOHTTP1
import StoaModel
import StoaPreview
import Synchronization

/// The current pages of the community.
final class CurrentPages: Sendable {
  private let state = Mutex<SiteSnapshot?>(nil)

  var snapshot: SiteSnapshot? {
    state.withLock { $0 }
  }

  func show(_ snapshot: SiteSnapshot) { state.withLock { $0 = snapshot } }
}

/// Answers the requests of one connection, within limits of size and time.
final class ServiceHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  /// A request must be complete within this time after the previous answer.
  static let patience = TimeAmount.seconds(20)

  private let service: ReplyService
  private let pages: CurrentPages
  private let connections: ConnectionCount
  private var head: HTTPRequestHead?
  private var body: [UInt8] = []
  private var isOverfull = false
  private var deadline: Scheduled<Void>?

  init(_ service: ReplyService, _ pages: CurrentPages, _ connections: ConnectionCount) {
    self.service = service
    self.pages = pages
    self.connections = connections
  }

  func channelActive(context: ChannelHandlerContext) {
    if connections.enter() {
      wait(context)
    } else {
      context.close(promise: nil)
    }
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    deadline?.cancel()
    connections.leave()
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  private func wait(_ context: ChannelHandlerContext) {
    deadline?.cancel()
    let channel = context.channel
    deadline = context.eventLoop.scheduleTask(in: Self.patience) { channel.close(promise: nil) }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      self.head = head
      (body, isOverfull) = ([], false)
    case .body(let part):
      guard !isOverfull else { return }
      isOverfull = body.count + part.readableBytes > ReplyService.maximumBodySize
      if isOverfull { body = [] } else { body += part.readableBytesView }
    case .end:
      guard let head else { return }
      self.head = nil
      let only = { (name: String) -> String? in
        let values = head.headers[name]
        return values.count == 1 ? values[0] : nil
      }
      var request = ServiceRequest(method: head.method.rawValue, target: head.uri)
      request.origin = only("origin")
      request.contentType = only("content-type") ?? ""
      request.body = body
      body = []
      send(
        isOverfull
          ? ServiceAnswer(status: 413, "This is larger than a response may be.")
          : service.answer(request, from: pages.snapshot), to: head, context)
    }
  }

  private func send(
    _ answer: ServiceAnswer, to request: HTTPRequestHead, _ context: ChannelHandlerContext
  ) {
    var headers: HTTPHeaders = [
      "content-type": answer.type, "content-length": String(answer.bytes.count),
      "cache-control": "no-store", "x-content-type-options": "nosniff",
      "referrer-policy": "strict-origin-when-cross-origin",
      "content-security-policy":
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; "
        + "base-uri 'none'; frame-ancestors 'none'",
    ]
    if let location = answer.location { headers.add(name: "location", value: location) }
    if !request.isKeepAlive { headers.add(name: "connection", value: "close") }
    let head = HTTPResponseHead(
      version: .http1_1, status: HTTPResponseStatus(statusCode: answer.status), headers: headers)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    if request.method != .HEAD {
      let buffer = context.channel.allocator.buffer(bytes: answer.bytes)
      context.write(wrapOutboundOut(.body(.byteBuffer(buffer))), promise: nil)
    }
    let end = context.writeAndFlush(wrapOutboundOut(.end(nil)))
    if request.isKeepAlive {
      wait(context)
    } else {
      let channel = context.channel
      end.whenComplete { _ in channel.close(promise: nil) }
    }
  }
}

/// The number of connections, which is limited.
final class ConnectionCount: Sendable {
  private static let limit = 1_024
  private let count = Atomic(0)

  /// Counts a connection; false when the limit is reached.
  func enter() -> Bool {
    count.wrappingAdd(1, ordering: .relaxed).newValue <= Self.limit
  }

  func leave() { count.wrappingSubtract(1, ordering: .relaxed) }
}
