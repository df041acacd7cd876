import StoaRender

/// The parts of a browser's request that a preview uses.
package struct PreviewRequest: Sendable {
  package let method: String
  /// The path with its query, encoded.
  package let target: String
  /// The `Host` header; nil when there is none or more than one.
  package let host: String?
  /// The `Origin` header; nil when there is none or more than one.
  package var origin: String?
  /// The `Content-Type` header; empty when there is none.
  package var contentType = ""
  package var body: [UInt8] = []

  package init(method: String, target: String, host: String?) {
    self.method = method
    self.target = target
    self.host = host
  }

  /// The path, encoded, without its query.
  package var path: String { String(target.prefix { $0 != "?" && $0 != "#" }) }

  /// Whether a page of the same origin sent it; browsers send the header with every form.
  package var isFromSameOrigin: Bool {
    guard let host, let origin else { return false }
    return origin.utf8.elementsEqual("http://\(host)".utf8)
  }

  /// Whether the body holds the fields of a form.
  package var isForm: Bool {
    contentType.prefix { $0 != ";" }.lowercased() == "application/x-www-form-urlencoded"
  }
}

/// The response to a browser.
package enum PreviewAnswer: Sendable {
  case content(PreviewContent)
  /// The event stream about snapshots, which stays open.
  case events
  /// The request sends a reply, and is answered when the reply has been checked and written.
  case reply(PendingReply)
}

/// Where a reply goes.
package struct PendingReply: Sendable {
  let door: ReplyDoor
  let site: RenderContext
}

/// A complete answer.
package struct PreviewContent: Sendable {
  package var status = 200
  package var type = "text/plain; charset=utf-8"
  package var bytes: [UInt8] = []
  /// The target of a redirect.
  package var location: String?
  /// The number of errors that prevent a build.
  package var errorCount = 0

  package init(status: Int = 200, type: String = "text/plain; charset=utf-8", bytes: [UInt8] = []) {
    self.status = status
    self.type = type
    self.bytes = bytes
  }

  /// A short plain text.
  init(status: Int, _ text: String) {
    self.init(status: status, bytes: Array("\(text)\n".utf8))
  }
}
