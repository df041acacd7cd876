import StoaIntake

/// A request to the service.
package struct ServiceRequest: Sendable {
  package let method: String
  /// The path with its query, encoded.
  package let target: String
  /// The `Origin` header; nil when there is none or more than one.
  package var origin: String?
  package var contentType = ""
  package var body: [UInt8] = []
  /// The client's network as `NetworkAddress` gives it; empty when it is unknown.
  package var network: [UInt8] = []
  /// Whether too many other requests are in progress, so that this one is refused for now.
  package var isTooMuch = false

  package init(method: String, target: String) {
    self.method = method
    self.target = target
  }

  var path: String { String(target.prefix { $0 != "?" && $0 != "#" }) }

  var query: Substring.UTF8View { target.utf8.drop { $0 != UInt8(ascii: "?") }.dropFirst() }

  var isForm: Bool {
    contentType.prefix { $0 != ";" }.lowercased().filter { $0 != " " }
      == "application/x-www-form-urlencoded"
  }
}

/// The service's answer.
package struct ServiceAnswer: Sendable {
  package var status: Int
  package var type = "text/plain; charset=utf-8"
  package var bytes: [UInt8] = []
  package var location: String?
  /// The origin whose scripts may read the response; nil for none.
  package var readableFrom: String?
  /// Whether the URL is secret, so that other sites get no referrer.
  package var isSecret = false

  init(status: Int, _ text: String = "") {
    self.status = status
    bytes = Array("\(text)\n".utf8)
  }
}

/// The side effects of the service; each may take time, and runs outside the threads that serve connections.
package struct ServiceActions: Sendable {
  /// Stores a reply, and the address for notices; returns when both are synced to the disk.
  var keep: @Sendable (SpooledReply, SpooledReply.State, MailBox?) async throws -> Void
  /// Counts a reply against the limits, and returns the reasons why it is doubtful; nil if the limit for doubtful replies is reached.
  var judge: @Sendable (Arrival) -> [Doubt]?
  /// The rendered preview of a text; nil when it is not available now.
  var preview: @Sendable (_ text: String, _ post: String) async -> PreviewedText?
  /// Whether a build can show a text.
  var canShow: @Sendable (_ text: String) async -> Bool
  /// A reply of the spool that waits for a decision; nil for any other.
  var openReply: @Sendable (_ key: String) async -> SpooledReply?
  /// Accepts or rejects a reply; false when it was already decided.
  var decide: @Sendable (_ key: String, _ isAccepted: Bool) async throws -> Bool
  /// Confirms an address; false when it was deleted.
  var confirm: @Sendable (_ id: String) async throws -> Bool
  var forget: @Sendable (_ id: String) async throws -> Void
  var sendsMail: Bool
  /// Seconds since 1970.
  var now: @Sendable () -> Int64
  var counters: ServiceCounters
}
