/// What a browser asks for, as far as a preview looks at it.
package struct PreviewRequest: Sendable {
  package let method: String
  /// The path with its query, encoded.
  package let target: String
  /// The `Host` header; nil when there is none or more than one.
  package let host: String?

  package init(method: String, target: String, host: String?) {
    self.method = method
    self.target = target
    self.host = host
  }
}

/// What a browser gets.
package enum PreviewAnswer: Sendable {
  case content(PreviewContent)
  /// The stream that tells of snapshots, which stays open.
  case events
}

/// A whole answer.
package struct PreviewContent: Sendable {
  package var status = 200
  package var type = "text/plain; charset=utf-8"
  package var bytes: [UInt8] = []
  /// Where else to look.
  package var location: String?
  /// How many errors keep the site from being built.
  package var errorCount = 0

  package init(status: Int = 200, type: String = "text/plain; charset=utf-8", bytes: [UInt8] = []) {
    self.status = status
    self.type = type
    self.bytes = bytes
  }

  /// A short text.
  init(status: Int, _ text: String) {
    self.init(status: status, bytes: Array("\(text)\n".utf8))
  }
}
