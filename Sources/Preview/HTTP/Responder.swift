import StoaAddresses
import StoaHTML
import StoaLoad
import StoaModel
import StoaRender

/// Answers requests from a snapshot.
///
/// Only addresses in the snapshot are answered: a request's path is a key, and never becomes a path of the file system.
package struct Responder: Sendable {
  private let hosts: AllowedHosts
  /// Nil when no replies are accepted.
  private let replies: ReplyDoor?

  /// - Parameter bound: the host that the server listens at.
  package init(bound: String) {
    self.init(bound: bound, replies: nil)
  }

  init(bound: String, replies: ReplyDoor?) {
    hosts = AllowedHosts(bound: bound)
    self.replies = replies
  }

  /// The maximum size of a request's body in bytes.
  func maximumBodySize(of request: PreviewRequest) -> Int {
    request.method == "POST" && replies != nil && request.path == ReplyDoor.path
      ? ReplyDoor.maximumBodySize : 0
  }

  /// - Parameter snapshot: nil before the first one is made.
  package func answer(_ request: PreviewRequest, from snapshot: SiteSnapshot?) -> PreviewAnswer {
    guard let host = request.host, hosts.contain(host) else {
      return .content(
        PreviewContent(
          status: 421,
          "This is Stoa's preview of a site. Ask for it by its address or as localhost."))
    }
    if let replies, request.path == ReplyDoor.path {
      return Self.answer(request, by: replies, snapshot?.renderContext)
    }
    guard request.method == "GET" || request.method == "HEAD" else {
      return .content(PreviewContent(status: 405, "Only GET and HEAD."))
    }
    let encoded = request.path
    if encoded == PreviewScript.eventsPath { return .events }
    if encoded == PreviewScript.path {
      return .content(
        PreviewContent(type: ContentType.of("script.js"), bytes: PreviewScript.bytes))
    }
    if encoded == ProblemOverlay.stylePath {
      return .content(
        PreviewContent(type: ContentType.of("problems.css"), bytes: ProblemOverlay.style))
    }
    guard let snapshot, !snapshot.files.isEmpty else {
      return .content(Self.waiting(for: snapshot))
    }
    guard encoded.hasPrefix("/"), let path = PercentEncoding.decode(encoded) else {
      return .content(PreviewContent(status: 400, "The address cannot be read."))
    }
    var content = Self.content(at: path, encoded: encoded, in: snapshot)
    content.errorCount = snapshot.errorCount
    return .content(content)
  }

  private static func answer(
    _ request: PreviewRequest, by replies: ReplyDoor, _ context: RenderContext?
  ) -> PreviewAnswer {
    guard let context else {
      return .content(PreviewContent(status: 503, "There is no site yet."))
    }
    switch request.method {
    case "GET", "HEAD": return .content(replies.page(for: request, in: context))
    case "POST": return .reply(PendingReply(door: replies, site: context))
    default: return .content(PreviewContent(status: 405, "Only GET, HEAD and POST."))
    }
  }

  private static func content(
    at path: String, encoded: String, in snapshot: SiteSnapshot
  ) -> PreviewContent {
    if let file = snapshot.files[SiteAddress(path).outputPath] {
      return content(of: file, in: snapshot)
    }
    if let bytes = snapshot.search?.bytes(at: SiteAddress(path).outputPath) {
      return PreviewContent(type: ContentType.of(path), bytes: bytes)
    }
    if snapshot.files[SiteAddress(path + "/").outputPath] != nil {
      var answer = PreviewContent(status: 302, "")
      // With one slash only, since `//host` would lead to another host.
      answer.location = "/" + encoded.drop { $0 == "/" } + "/"
      return answer
    }
    guard let missing = snapshot.files["404.html"] else {
      return PreviewContent(status: 404, "Nothing is at this address.")
    }
    var answer = content(of: missing, in: snapshot)
    if answer.status == 200 { answer.status = 404 }
    return answer
  }

  private static func content(of file: PlannedFile, in snapshot: SiteSnapshot) -> PreviewContent {
    let bytes: [UInt8]
    do {
      bytes = try file.bytes
    } catch {
      return PreviewContent(status: 500, "\(file.path) cannot be made: \(error)")
    }
    let type = ContentType.of(file.path)
    return PreviewContent(
      type: type,
      bytes: ContentType.isPage(file.path)
        ? addition(of: snapshot, to: bytes) : bytes)
  }

  /// Inserts the preview's elements before the end of a page's body, or at the page's end if the body has no end tag.
  static func addition(of snapshot: SiteSnapshot?, to page: [UInt8]) -> [UInt8] {
    let end = Array("</body>".utf8)
    var position = page.count
    for start in stride(from: page.count - end.count, through: 0, by: -1)
    where page[start] == end[0] && page[start..<(start + end.count)].elementsEqual(end) {
      position = start
      break
    }
    let overlay = snapshot.map { ProblemOverlay.element(for: $0) } ?? []
    let script = Array(PreviewScript.element(snapshot: snapshot?.name ?? "").utf8)
    return page[..<position] + overlay + script + page[position...]
  }

  /// A page with only the errors that prevent a build.
  private static func waiting(for snapshot: SiteSnapshot?) -> PreviewContent {
    let page =
      "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>Stoa</title>\n"
      + "<body><p>There is nothing to show yet.</p></body></html>\n"
    var content = PreviewContent(
      status: 503, type: ContentType.of("index.html"),
      bytes: addition(of: snapshot, to: Array(page.utf8)))
    content.errorCount = snapshot?.errorCount ?? 0
    return content
  }
}
