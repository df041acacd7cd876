import StoaModel

/// What makes a reply doubtful: it is kept, and waits for a moderator in a queue of its own.
package enum Doubt: String, Sendable, CaseIterable {
  /// More replies came from one network than one person writes.
  case rate
  /// More replies came from everywhere than a community writes.
  case flood
  /// A field was filled that people do not see.
  case trap
  /// More links than somebody needs who answers.
  case links
  /// The same text came before.
  case again
}

/// What limits know of a reply that has just come.
package struct Arrival: Sendable {
  /// What `NetworkAddress` makes of where it comes from; empty when that is not known.
  package var network: [UInt8] = []
  package var text = ""
  package var website = ""
  /// What stands in the field that people do not see.
  package var trap = ""

  package init() {}
}

/// How many replies may come from where, and what else makes one doubtful.
///
/// A value without input, output, clock or chance: what time it is and what networks are hashed with are arguments. Nothing of it
/// is ever written down, and after a day not even this program could say from where a reply came.
package struct ArrivalLimits: Sendable {
  package struct Settings: Sendable, Equatable {
    package var network = TokenBucket.Rate(burst: 5, every: 120_000)
    package var everywhere = TokenBucket.Rate(burst: 30, every: 10_000)
    /// How much of the disk doubtful replies may take, in blocks of 4 KiB: 64 MiB at once, and as much again in a day. What is not
    /// doubtful is limited by the rates above.
    package var doubtful = TokenBucket.Rate(burst: 16_384, every: 5_273)
    /// The most links that a text may have without being doubted.
    package var links = 3
    /// How many networks and texts are remembered at a time.
    package var memory = 4_096

    package init() {}
  }

  private let settings: Settings
  private var key: [UInt8]
  private var networks: [SHA256.Digest: TokenBucket] = [:]
  private var everywhere: TokenBucket
  /// For networks beyond those that are remembered: a flood of addresses shares one.
  private var others: TokenBucket
  private var doubtful: TokenBucket
  private var texts: Set<SHA256.Digest> = []
  private var order: [SHA256.Digest] = []
  private var oldest = 0

  /// - Parameters:
  ///   - key: what networks are hashed with today.
  ///   - now: in milliseconds.
  ///   - known: texts that came before.
  package init(
    _ settings: Settings = Settings(), key: [UInt8], at now: Int64, known: [String] = []
  ) {
    self.settings = settings
    self.key = key
    everywhere = TokenBucket(settings.everywhere, at: now)
    others = TokenBucket(settings.network, at: now)
    doubtful = TokenBucket(settings.doubtful, at: now)
    for text in known { remember(SHA256.digest(of: Self.plain(text))) }
  }

  /// Begins another day: what was known of networks means nothing under another key.
  package mutating func change(key: [UInt8]) {
    self.key = key
    networks = [:]
  }

  /// Counts a reply, and says why it is doubtful; empty when it is not.
  ///
  /// - Returns: Nil when it is doubtful, and so many others were that keeping it would fill the disk in time.
  package mutating func judge(_ arrival: Arrival, at now: Int64) -> [Doubt]? {
    var doubts: [Doubt] = []
    if !take(from: arrival.network, at: now) { doubts.append(.rate) }
    if !everywhere.take(at: now) { doubts.append(.flood) }
    if !arrival.trap.isEmpty { doubts.append(.trap) }
    if Self.linkCount(in: arrival.text) > settings.links { doubts.append(.links) }
    let name = SHA256.digest(of: Self.plain(arrival.text))
    if texts.contains(name) { doubts.append(.again) }
    guard doubts.isEmpty || doubtful.take(Self.blocks(of: arrival), at: now) else { return nil }
    remember(name)
    return doubts
  }

  /// How much of the disk a reply takes, with its front matter.
  private static func blocks(of arrival: Arrival) -> Int64 {
    Int64((arrival.text.utf8.count + arrival.website.utf8.count + 1_024) / 4_096 + 1)
  }

  private mutating func take(from network: [UInt8], at now: Int64) -> Bool {
    let name = SHA256.authenticationCode(of: network, key: key)
    if networks[name] == nil, networks.count >= settings.memory {
      networks = networks.filter { !$0.value.isFull(at: now) }
      if networks.count >= settings.memory { return others.take(at: now) }
    }
    return networks[name, default: TokenBucket(settings.network, at: now)].take(at: now)
  }

  /// Remembers that a text was here, by the digest of what `plain` makes of it.
  private mutating func remember(_ name: SHA256.Digest) {
    guard texts.insert(name).inserted else { return }
    if order.count < settings.memory {
      order.append(name)
    } else {
      texts.remove(order[oldest])
      order[oldest] = name
      oldest = (oldest + 1) % settings.memory
    }
  }

  /// A text without its spaces and capitals, in which those of one flood differ.
  private static func plain(_ text: String) -> [UInt8] {
    text.utf8.lazy.filter { $0 > 0x20 }.map(ASCII.lowercased)
  }

  /// How often an address of the web begins in a text.
  static func linkCount(in text: String) -> Int {
    let bytes = Array(text.utf8)
    var count = 0
    var index = 0
    while let colon = bytes[index...].firstIndex(of: UInt8(ascii: ":")) {
      if bytes[colon...].starts(with: "://".utf8) { count += 1 }
      index = colon + 1
    }
    return count
  }
}
