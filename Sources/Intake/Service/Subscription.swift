import StoaModel

/// A request for notices of answers to a reply, and its state.
///
/// A state machine without clock, mail or disk: it returns the next action, and is told when that is done.
package struct Subscription: Sendable, Equatable {
  package enum State: String, Sendable {
    /// The address has not been verified yet.
    case new
    /// A mail with a confirmation link was sent.
    case asked
    /// The person opened the link and pressed the button.
    case confirmed
  }

  /// The state of the reply that the address came with.
  package enum Reply: Sendable {
    /// The reply is doubtful, so its address gets no mail.
    case waiting
    case taken
    case rejected
  }

  package enum Step: Sendable, Equatable {
    case nothing
    /// Send a mail that asks for confirmation.
    case ask
    case forget
  }

  /// How long a confirmation is awaited, in seconds.
  package static let patience: Int64 = 7 * 86_400
  /// The minimum interval between two mails about one conversation, in seconds.
  package static let interval: Int64 = 3_600
  /// The maximum number of unconfirmed requests a day for one address.
  package static let asksADay = 3

  package let id: String
  package let mailBox: MailBox
  /// The answered post, and the id of the person's response.
  package let post: String
  package let response: String
  /// The key of the reply in the spool.
  package let reply: String
  /// Seconds since 1970.
  package let created: Int64
  package private(set) var state = State.new
  /// When the state began.
  package private(set) var since: Int64
  /// The ids of the answers that were already reported.
  package private(set) var told: [String] = []
  package private(set) var lastTold: Int64 = 0

  package init(id: String, mailBox: MailBox, reply: SpooledReply) {
    self.id = id
    self.mailBox = mailBox
    post = reply.file.post
    response = reply.file.id
    self.reply = reply.key
    created = reply.received
    since = reply.received
  }

  /// The next action.
  ///
  /// - Parameters:
  ///   - recentAsks: how many mails asked this address within a day.
  ///   - forgetAfter: how long a confirmed address is kept, in seconds.
  package func step(
    at now: Int64, reply: Reply, recentAsks: Int, forgetAfter: Int64
  ) -> Step {
    switch state {
    case .confirmed: return now - since > forgetAfter ? .forget : .nothing
    case .asked: return now - since > Self.patience ? .forget : .nothing
    case .new:
      switch reply {
      case .rejected: return .forget
      case .waiting: return now - created > 4 * Self.patience ? .forget : .nothing
      case .taken: return recentAsks < Self.asksADay ? .ask : .nothing
      }
    }
  }

  package mutating func ask(at now: Int64) {
    guard state == .new else { return }
    (state, since) = (.asked, now)
  }

  package mutating func confirm(at now: Int64) {
    guard state != .confirmed else { return }
    (state, since) = (.confirmed, now)
  }

  package mutating func tell(_ answers: [String], at now: Int64) {
    told += answers.filter { !told.contains($0) }
    lastTold = now
  }

  /// The time until which the unsubscribe link works: longer than the address is kept.
  package func linkEnd(forgetAfter: Int64) -> Int64 {
    created + forgetAfter + 5 * Self.patience
  }

  // MARK: As bytes

  private static let version = "stoa-subscription 1"

  package var bytes: [UInt8] {
    let lines = [
      Self.version, id, mailBox.address, post, response, reply, "\(created)", state.rawValue,
      "\(since)", "\(lastTold)", told.joined(separator: " "),
    ]
    return Array(lines.map { "\($0)\n" }.joined().utf8)
  }

  package init?(_ bytes: [UInt8]) {
    let lines = String(decoding: bytes, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard lines.count == 12, lines[0] == Self.version, let box = MailBox(lines[2]),
      let created = Int64(lines[6]), let state = State(rawValue: lines[7]),
      let since = Int64(lines[8]), let lastTold = Int64(lines[9])
    else { return nil }
    id = lines[1]
    mailBox = box
    post = lines[3]
    response = lines[4]
    reply = lines[5]
    self.created = created
    self.state = state
    self.since = since
    self.lastTold = lastTold
    told = lines[10].split(separator: " ").map(String.init)
  }
}

/// One mail to one person about one conversation.
package struct AnswerNotice: Sendable, Equatable {
  /// The link of the first subscription ends all of them.
  package let subscriptions: [Subscription]
  /// The ids of the answers.
  package let answers: [String]

  package var mailBox: MailBox { subscriptions[0].mailBox }
  package var post: String { subscriptions[0].post }

  /// The mails that are due: at most one an hour for each person and conversation, with all new answers.
  ///
  /// - Parameter answers: the ids of the published answers to a subscription's response.
  package static func due(
    _ subscriptions: [Subscription], at now: Int64, answers: (Subscription) -> [String]
  ) -> [AnswerNotice] {
    struct Key: Hashable {
      let address: String
      let post: String
    }
    var groups: [Key: [Subscription]] = [:]
    var order: [Key] = []
    for subscription in subscriptions where subscription.state == .confirmed {
      let key = Key(address: subscription.mailBox.normalized, post: subscription.post)
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(subscription)
    }
    return order.compactMap { key in
      let group = groups[key] ?? []
      guard group.allSatisfy({ now - $0.lastTold >= Subscription.interval }) else { return nil }
      let own = Set(group.map(\.response))
      let told = Set(group.flatMap(\.told))
      var due: [String] = []
      for subscription in group {
        // A person is not notified of their own responses.
        for id in answers(subscription)
        where !own.contains(id) && !told.contains(id) && !due.contains(id) {
          due.append(id)
        }
      }
      return due.isEmpty ? nil : AnswerNotice(subscriptions: group, answers: due)
    }
  }
}
