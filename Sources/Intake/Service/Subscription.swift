import StoaModel

/// Somebody who wants to be told of answers to a reply of theirs, and how far that has come.
///
/// A state machine without clock, mail or disk: it says what to do next, and is told what was done.
package struct Subscription: Sendable, Equatable {
  package enum State: String, Sendable {
    /// Nobody has been asked yet whether the address is theirs.
    case new
    /// The address has got a mail with a link.
    case asked
    /// The link was followed, and the button pressed.
    case confirmed
  }

  /// What has become of the reply with which the address came.
  package enum Reply: Sendable {
    /// It is doubtful, and nobody writes to an address on its account.
    case waiting
    case taken
    case rejected
  }

  package enum Step: Sendable, Equatable {
    case nothing
    /// Ask whether the address is of the person who wrote.
    case ask
    case forget
  }

  /// Who did not press the button by then did not ask for anything; seconds.
  package static let patience: Int64 = 7 * 86_400
  /// Between two mails about one conversation; seconds.
  package static let interval: Int64 = 3_600
  /// How many times a day somebody may be asked who asked for nothing.
  package static let asksADay = 3

  package let id: String
  package let mailBox: MailBox
  /// What was answered, and the id of the response that they wrote.
  package let post: String
  package let response: String
  /// The key of the reply in the spool.
  package let reply: String
  /// Seconds since 1970.
  package let created: Int64
  package private(set) var state = State.new
  /// When the state began.
  package private(set) var since: Int64
  /// The ids of the answers that they were told of.
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

  /// What to do now.
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

  /// Until when a link that ends it works: longer than it is kept.
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
  /// Its first subscription's link ends all of them.
  package let subscriptions: [Subscription]
  /// The ids of the answers.
  package let answers: [String]

  package var mailBox: MailBox { subscriptions[0].mailBox }
  package var post: String { subscriptions[0].post }

  /// The mails that are due: for each person and conversation at most one in an hour, with all answers that came meanwhile.
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
        // What the same person wrote there tells them nothing new.
        for id in answers(subscription)
        where !own.contains(id) && !told.contains(id) && !due.contains(id) {
          due.append(id)
        }
      }
      return due.isEmpty ? nil : AnswerNotice(subscriptions: group, answers: due)
    }
  }
}
