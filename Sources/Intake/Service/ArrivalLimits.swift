import StoaModel

/// A reason why a reply is doubtful: it is stored, but waits for a moderator in a separate queue.
package enum Doubt: String, Sendable, CaseIterable {
  /// One network sent more replies than a person writes.
  case rate
  /// More replies arrived in total than a community writes.
  case flood
  /// The hidden field, which people do not see, was filled.
  case trap
  /// The text has more links than a reply needs.
  case links
  /// The same text came before.
  case again
}

/// The data of a new reply that the limits use.
package struct Arrival: Sendable {
  /// The client's network as `NetworkAddress` gives it; empty if it is unknown.
  package var network: [UInt8] = []
  package var text = ""
  package var website = ""
  /// The content of the hidden field.
  package var trap = ""

  package init() {}
}

/// Limits the number of replies by network and in total, and recognises other signs of spam.
///
/// A value without input, output, clock or randomness: the time and the hash key for networks are arguments. Nothing is written
/// to disk, and after a day not even this program could tell where a reply came from.
package struct ArrivalLimits: Sendable {
  package struct Settings: Sendable, Equatable {
    package var network = TokenBucket.Rate(burst: 5, every: 120_000)
    package var everywhere = TokenBucket.Rate(burst: 30, every: 10_000)
    /// The disk space for doubtful replies, in blocks of 4 KiB.
    ///
    /// It is 64 MiB at once, and as much again in a day. Other replies are limited by the rates above.
    package var doubtful = TokenBucket.Rate(burst: 16_384, every: 5_273)
    /// The maximum number of links in a text that is not doubtful.
    package var links = 3
    /// The maximum number of networks and texts in memory.
    package var memory = 4_096

    package init() {}
  }

  private let settings: Settings
  private var key: [UInt8]
  private var networks: [SHA256.Digest: TokenBucket] = [:]
  private var everywhere: TokenBucket
  /// The shared limit of networks beyond that number, for floods from many addresses.
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

  /// Starts a new day: counts by network are useless under another key.
  package mutating func change(key: [UInt8]) {
    self.key = key
    networks = [:]
  }

  /// Counts a reply, and returns the reasons why it is doubtful.
  ///
  /// - Returns: Nil if the limit for doubtful replies is reached, so that they cannot fill the disk.
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

  /// The disk space for a reply, with its front matter.
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

  /// Stores the digest of a text, to recognise it later.
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

  /// A text without white space and in lower case, so that small variations of a flood are recognised.
  private static func plain(_ text: String) -> [UInt8] {
    text.utf8.lazy.filter { $0 > 0x20 }.map(ASCII.lowercased)
  }

  /// The number of http and https URLs in a text.
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
