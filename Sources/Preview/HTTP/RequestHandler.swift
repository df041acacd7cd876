import NIOCore
import NIOHTTP1

/// Answers the requests of one connection.
final class RequestHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let responder: Responder
  private let hub: EventHub
  private var head: HTTPRequestHead?
  private var body: [UInt8] = []
  /// Whether the rest of the request is ignored, because it is too large.
  private var isOverfull = false

  init(_ responder: Responder, _ hub: EventHub) {
    self.responder = responder
    self.hub = hub
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      self.head = head
      (body, isOverfull) = ([], false)
    case .body(let part):
      guard let head, !isOverfull else { return }
      let limit = responder.maximumBodySize(of: request(head))
      // The body is ignored unless it is a form.
      guard limit > 0 else { return }
      isOverfull = body.count + part.readableBytes > limit
      if !isOverfull { body += part.readableBytesView }
    case .end:
      guard let head else { return }
      self.head = nil
      answer(head, context)
    }
  }

  private func request(_ head: HTTPRequestHead) -> PreviewRequest {
    let only = { (name: String) -> String? in
      let values = head.headers[name]
      return values.count == 1 ? values[0] : nil
    }
    var request = PreviewRequest(
      method: head.method.rawValue, target: head.uri, host: only("host"))
    request.origin = only("origin")
    request.contentType = only("content-type") ?? ""
    return request
  }

  func channelInactive(context: ChannelHandlerContext) {
    hub.remove(context.channel)
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  private func answer(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    var request = request(head)
    request.body = body
    body = []
    if isOverfull {
      send(
        PreviewContent(status: 413, "The text is larger than a response may be."), to: head, context
      )
      return
    }
    switch responder.answer(request, from: hub.snapshot) {
    case .content(let content): send(content, to: head, context)
    case .events: open(head, context)
    case .reply(let reply): take(reply, in: request, head, context)
    }
  }

  /// Checks and writes a reply, which takes a parser and a disk, on other threads than those that serve connections.
  private func take(
    _ reply: PendingReply, in request: PreviewRequest, _ head: HTTPRequestHead,
    _ context: ChannelHandlerContext
  ) {
    let answer = context.eventLoop.makeFutureWithTask {
      await reply.door.take(request, in: reply.site)
    }
    answer.assumeIsolated().whenComplete { result in
      switch result {
      case .success(.written(let reply)): self.show(reply, head, context)
      case .success(.page(let content)): self.send(content, to: head, context)
      case .failure:
        self.send(PreviewContent(status: 500, "The reply cannot be stored."), to: head, context)
      }
    }
  }

  /// Files are watched: the page is sent only after it shows the reply.
  private func show(
    _ reply: PublishedReply, _ head: HTTPRequestHead, _ context: ChannelHandlerContext
  ) {
    let isShown = hub.wait(
      atMost: .seconds(5), on: context.eventLoop, until: { reply.isShown(by: $0) })
    isShown.assumeIsolated().whenComplete { _ in
      var content = PreviewContent(status: 303, "")
      content.location = reply.location
      self.send(content, to: head, context)
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

  /// Opens the event stream, which ends when the browser or the program ends.
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

  /// Browsers must not cache anything, and no other site may use the responses, or show them in a frame, where a click could
  /// send a reply that the visitor did not write.
  private static func headers(type: String) -> HTTPHeaders {
    [
      "content-type": type, "cache-control": "no-store", "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "same-origin", "x-frame-options": "SAMEORIGIN",
      "content-security-policy": "frame-ancestors 'self'",
    ]
  }
}
