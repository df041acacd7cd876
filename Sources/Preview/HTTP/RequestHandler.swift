import NIOCore
import NIOHTTP1

/// Answers the requests of one connection.
final class RequestHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let responder: Responder
  private let hub: EventHub
  private var head: HTTPRequestHead?

  init(_ responder: Responder, _ hub: EventHub) {
    self.responder = responder
    self.hub = hub
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head): self.head = head
    // What a request carries is of no interest.
    case .body: break
    case .end:
      guard let head else { return }
      self.head = nil
      answer(head, context)
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    hub.remove(context.channel)
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  private func answer(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    let hosts = head.headers["host"]
    let request = PreviewRequest(
      method: head.method.rawValue, target: head.uri, host: hosts.count == 1 ? hosts[0] : nil)
    switch responder.answer(request, from: hub.snapshot) {
    case .content(let content): send(content, to: head, context)
    case .events: open(head, context)
    }
  }

  private func send(
    _ content: PreviewContent, to request: HTTPRequestHead, _ context: ChannelHandlerContext
  ) {
    var headers = Self.headers(type: content.type)
    headers.add(name: "content-length", value: String(content.bytes.count))
    if content.status == 405 { headers.add(name: "allow", value: "GET, HEAD") }
    if let location = content.location { headers.add(name: "location", value: location) }
    if content.errorCount > 0 {
      headers.add(name: "stoa-errors", value: String(content.errorCount))
    }
    if !request.isKeepAlive { headers.add(name: "connection", value: "close") }
    write(
      .head(
        HTTPResponseHead(
          version: .http1_1, status: HTTPResponseStatus(statusCode: content.status),
          headers: headers)), context)
    if request.method != .HEAD {
      write(.body(.byteBuffer(context.channel.allocator.buffer(bytes: content.bytes))), context)
    }
    let end = context.writeAndFlush(wrapOutboundOut(.end(nil)))
    if !request.isKeepAlive {
      let channel = context.channel
      end.whenComplete { _ in channel.close(promise: nil) }
    }
  }

  /// Begins the stream of events, which ends when the browser or the program does.
  private func open(_ request: HTTPRequestHead, _ context: ChannelHandlerContext) {
    let head = HTTPResponseHead(
      version: .http1_1, status: .ok, headers: Self.headers(type: "text/event-stream"))
    write(.head(head), context)
    guard request.method != .HEAD else {
      context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
      return
    }
    context.flush()
    hub.add(context.channel)
  }

  private func write(_ part: HTTPServerResponsePart, _ context: ChannelHandlerContext) {
    context.write(wrapOutboundOut(part), promise: nil)
  }

  /// Nothing is kept by the browser, and no other site may use what is served.
  private static func headers(type: String) -> HTTPHeaders {
    [
      "content-type": type, "cache-control": "no-store", "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "same-origin",
    ]
  }
}
