import StoaIntake

/// What the service is asked.
package struct ServiceRequest: Sendable {
  package let method: String
  /// The path with its query, encoded.
  package let target: String
  /// The `Origin` header; nil when there is none or more than one.
  package var origin: String?
  package var contentType = ""
  package var body: [UInt8] = []
  /// What `NetworkAddress` makes of where it comes from; empty when that is not known.
  package var network: [UInt8] = []
  /// Whether so many others are being answered that this one has to wait for another time.
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

/// What the service answers.
package struct ServiceAnswer: Sendable {
  package var status: Int
  package var type = "text/plain; charset=utf-8"
  package var bytes: [UInt8] = []
  package var location: String?
  /// The origin whose scripts may read it; nil: nobody else's.
  package var readableFrom: String?
  /// Whether its address is a secret that no other page may be told.
  package var isSecret = false

  init(status: Int, _ text: String = "") {
    self.status = status
    bytes = Array("\(text)\n".utf8)
  }
}

/// What the service does beyond answering; each may wait, and none on a thread that serves connections.
package struct ServiceActions: Sendable {
  /// Keeps a reply, and where its writer wants to be told of answers; returns when both are on the disk.
  var keep: @Sendable (SpooledReply, SpooledReply.State, MailBox?) async throws -> Void
  /// Counts a reply, and says what is doubtful about it; nil when it cannot be kept for the number of others that are doubtful.
  var judge: @Sendable (Arrival) -> [Doubt]?
  /// What a text will look like; nil when that cannot be said now.
  var preview: @Sendable (_ text: String, _ post: String) async -> PreviewedText?
  /// Whether a build can show a text.
  var canShow: @Sendable (_ text: String) async -> Bool
  /// A reply of the spool about which nobody has decided; nil for any other.
  var openReply: @Sendable (_ key: String) async -> SpooledReply?
  /// Accepts or rejects a reply; false when somebody has decided about it before.
  var decide: @Sendable (_ key: String, _ isAccepted: Bool) async throws -> Bool
  /// Confirms an address; false when it is not there any more.
  var confirm: @Sendable (_ id: String) async throws -> Bool
  var forget: @Sendable (_ id: String) async throws -> Void
  var sendsMail: Bool
  /// Seconds since 1970.
  var now: @Sendable () -> Int64
  var counters: ServiceCounters
}
