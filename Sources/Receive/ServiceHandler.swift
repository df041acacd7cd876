import NIOCore
import NIOHTTP1
import StoaIntake
import StoaModel
import StoaPreview
import Synchronization

/// Answers the requests of one connection, within limits of size and time.
///
/// Blocking work, such as a disk write, runs outside the threads that serve connections.
final class ServiceHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  /// The time limit for receiving a request, from the end of the previous answer.
  static let patience = TimeAmount.seconds(20)
  private static let maximumHeadSize = 16_384

  private let service: ReplyService
  private let pages: CurrentPages
  private let load: ServiceLoad
  private var head: HTTPRequestHead?
  private var body: [UInt8] = []
  private var refusal: ServiceAnswer?
  private var held = 0
  private var deadline: Scheduled<Void>?

  init(_ service: ReplyService, _ pages: CurrentPages, _ load: ServiceLoad) {
    self.service = service
    self.pages = pages
    self.load = load
  }

  func channelActive(context: ChannelHandlerContext) {
    if load.enter() {
      wait(context)
    } else {
      context.close(promise: nil)
    }
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    deadline?.cancel()
    release()
    load.leave()
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  private func release() {
    load.release(held)
    (body, held) = ([], 0)
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
      release()
      let size = head.headers.reduce(head.uri.utf8.count) {
        $0 + $1.name.utf8.count + $1.value.utf8.count
      }
      refusal =
        size > Self.maximumHeadSize
        ? ServiceAnswer(status: 431, "The header of the request is too large.") : nil
    case .body(let part):
      guard refusal == nil else { return }
      held += part.readableBytes
      if !load.hold(part.readableBytes) {
        refusal = ServiceAnswer(
          status: 503, "The service is busy. Try again in a minute.")
      } else if held > ReplyService.maximumBodySize {
        refusal = ServiceAnswer(status: 413, "The text is larger than a response may be.")
      } else {
        body += part.readableBytesView
      }
      if refusal != nil { release() }
    case .end:
      guard let head else { return }
      self.head = nil
      deadline?.cancel()
      if let refusal {
        send(refusal, to: head, context)
      } else {
        answer(head, context)
      }
    }
  }

  private func answer(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    let only = { (name: String) -> String? in
      let values = head.headers[name]
      return values.count == 1 ? values[0] : nil
    }
    var request = ServiceRequest(method: head.method.rawValue, target: head.uri)
    request.origin = only("origin")
    request.contentType = only("content-type") ?? ""
    request.body = body
    request.network = network(head, context)
    request.isTooMuch = !load.begin()
    release()
    service.actions.counters.add(.requests)
    let (service, pages, load) = (service, pages, load)
    let answer = context.eventLoop.makeFutureWithTask { [request] in
      await service.answer(request, from: pages.snapshot)
    }
    answer.assumeIsolated().whenComplete { result in
      load.end()
      let answer = try? result.get()
      self.send(
        answer ?? ServiceAnswer(status: 500, "The request cannot be processed."), to: head, context)
    }
  }

  /// The client's network: of the address that a proxy on this machine reports, otherwise of the connection's.
  private func network(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) -> [UInt8] {
    let peer = context.remoteAddress?.ipAddress ?? ""
    var address = peer
    if NetworkAddress.isLoopback(peer),
      let last = head.headers["x-forwarded-for"].last?.split(separator: ",").last
    {
      // Earlier entries of the header are untrusted.
      address = last.trimmingPrefix { $0 == " " }.description
    }
    return NetworkAddress.network(of: address) ?? []
  }

  private func send(
    _ answer: ServiceAnswer, to request: HTTPRequestHead, _ context: ChannelHandlerContext
  ) {
    var headers: HTTPHeaders = [
      "content-type": answer.type, "content-length": String(answer.bytes.count),
      "cache-control": "no-store", "x-content-type-options": "nosniff",
      "referrer-policy": answer.isSecret ? "same-origin" : "strict-origin-when-cross-origin",
      "content-security-policy":
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; "
        + "base-uri 'none'; frame-ancestors 'none'",
    ]
    if let location = answer.location { headers.add(name: "location", value: location) }
    if let origin = answer.readableFrom {
      headers.add(name: "access-control-allow-origin", value: origin)
      headers.add(name: "vary", value: "origin")
    }
    if answer.status == 503 { headers.add(name: "retry-after", value: "60") }
    let staysOpen = request.isKeepAlive && answer.status < 500 && answer.status != 431
    if !staysOpen { headers.add(name: "connection", value: "close") }
    let head = HTTPResponseHead(
      version: .http1_1, status: HTTPResponseStatus(statusCode: answer.status), headers: headers)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    if request.method != .HEAD {
      let buffer = context.channel.allocator.buffer(bytes: answer.bytes)
      context.write(wrapOutboundOut(.body(.byteBuffer(buffer))), promise: nil)
    }
    let end = context.writeAndFlush(wrapOutboundOut(.end(nil)))
    // A client that does not read the answer is disconnected, too.
    wait(context)
    if !staysOpen {
      let channel = context.channel
      end.whenComplete { _ in channel.close(promise: nil) }
    }
  }
}
