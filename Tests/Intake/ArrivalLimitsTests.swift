import StoaIntake
import Testing

@Suite("Limits of what comes in") struct ArrivalLimitsTests {
  private func arrival(_ network: String = "192.0.2.1", _ text: String = "") -> Arrival {
    var arrival = Arrival()
    arrival.network = NetworkAddress.network(of: network) ?? []
    arrival.text = text
    return arrival
  }

  private var limits: ArrivalLimits {
    ArrivalLimits(key: [UInt8](repeating: 7, count: 32), at: 0)
  }

  @Test("One network may send five at once, and then one every two minutes")
  func rate() {
    var limits = limits
    for number in 0..<5 { #expect(limits.judge(arrival("192.0.2.1", "\(number)"), at: 0) == []) }
    #expect(limits.judge(arrival("192.0.2.1", "five"), at: 0) == [.rate])
    // Another network is another person.
    #expect(limits.judge(arrival("192.0.2.2", "six"), at: 0) == [])
    #expect(limits.judge(arrival("192.0.2.1", "seven"), at: 119_999) == [.rate])
    #expect(limits.judge(arrival("192.0.2.1", "eight"), at: 120_000) == [])
    #expect(limits.judge(arrival("192.0.2.1", "nine"), at: 120_001) == [.rate])
  }

  @Test(
    "A machine with a network of IPv6 addresses is one of many, and everywhere together has a rate too"
  )
  func networks() {
    var limits = limits
    for number in 0..<5 {
      #expect(limits.judge(arrival("2001:db8::\(number)", "\(number)"), at: 0) == [])
    }
    #expect(limits.judge(arrival("2001:db8::ffff", "five"), at: 0) == [.rate])
    for number in 6..<30 {
      #expect(limits.judge(arrival("192.0.2.\(number)", "\(number)"), at: 0) == [])
    }
    #expect(limits.judge(arrival("192.0.2.99", "last"), at: 0) == [.flood])
  }

  @Test("Traps, many links and what came before are doubted")
  func signs() {
    var limits = limits
    var trapped = arrival("192.0.2.1", "a")
    trapped.trap = "x"
    #expect(limits.judge(trapped, at: 0) == [.trap])
    let links = "http://a.example https://b.example ftp://c.example"
    #expect(limits.judge(arrival("192.0.2.2", links), at: 0) == [])
    #expect(limits.judge(arrival("192.0.2.2", links + " http://d.example"), at: 0) == [.links])
    #expect(limits.judge(arrival("192.0.2.3", "Buy  CHEAP\nrope"), at: 0) == [])
    #expect(limits.judge(arrival("192.0.2.4", "buy cheap rope"), at: 0) == [.again])
  }

  @Test("Nothing grows beyond its memory, and whoever comes when it is full shares one bucket")
  func memory() {
    var settings = ArrivalLimits.Settings()
    settings.memory = 4
    settings.everywhere = TokenBucket.Rate(burst: 1_000, every: 1)
    var limits = ArrivalLimits(settings, key: [1], at: 0)
    for number in 0..<4 {
      #expect(limits.judge(arrival("192.0.2.\(number)", "a\(number)"), at: 0) == [])
    }
    for number in 10..<15 {
      #expect(limits.judge(arrival("192.0.2.\(number)", "b\(number)"), at: 0) == [])
    }
    #expect(limits.judge(arrival("192.0.2.99", "c"), at: 0) == [.rate])
    // By now the first text has been forgotten, and the last has not.
    #expect(limits.judge(arrival("192.0.2.1", "a0"), at: 0) == [])
    #expect(limits.judge(arrival("192.0.2.1", "c"), at: 0) == [.again])
  }

  @Test("Doubtful replies cannot fill a disk, and others are kept meanwhile")
  func disk() {
    var limits = limits
    func trapped(_ text: String) -> Arrival {
      var arrival = arrival("192.0.2.1", text)
      arrival.trap = "x"
      return arrival
    }
    let long = String(repeating: "long ", count: 12_000)
    let kept = (0..<2_000).prefix { limits.judge(trapped("\($0) \(long)"), at: 0) != nil }
    #expect((1_000..<1_100).contains(kept.count), "64 MiB of 60 KB each")
    for number in 0..<20 { _ = limits.judge(trapped("\(number)"), at: 0) }
    #expect(limits.judge(trapped("short"), at: 0) == nil)
    #expect(limits.judge(arrival("192.0.2.2", "somebody else"), at: 60_000) == [])
    // A reply that was not stored does not make a later one with the same text a repetition.
    #expect(limits.judge(arrival("192.0.2.3", "short"), at: 120_000) == [])
  }

  @Test("Another day knows nothing of the networks of the one before")
  func days() {
    var limits = limits
    for number in 0..<6 { _ = limits.judge(arrival("192.0.2.1", "\(number)"), at: 0) }
    limits.change(key: [8])
    #expect(limits.judge(arrival("192.0.2.1", "again"), at: 0) == [])
  }

  @Test(
    "A bucket fills with time alone, whatever the clock does",
    arguments: [
      (0, false), (9, false), (10, true), (-1_000, false), (Int64.max, true), (Int64.min, false),
    ] as [(Int64, Bool)])
  func bucket(_ now: Int64, _ isThere: Bool) {
    var bucket = TokenBucket(TokenBucket.Rate(burst: 2, every: 10), at: 0)
    #expect(bucket.take(at: 0) && bucket.take(at: 0))
    #expect(bucket.take(at: now) == isThere)
  }

  @Test(
    "Addresses are read in every spelling, and nothing else is",
    arguments: [
      ("192.0.2.1", [192, 0, 2, 1]), ("::ffff:192.0.2.1", [192, 0, 2, 1]),
      ("2001:db8:1:2:3:4:5:6", [0x20, 1, 0xD, 0xB8, 0, 1, 0, 2]),
      ("2001:DB8:1:2::", [0x20, 1, 0xD, 0xB8, 0, 1, 0, 2]),
      ("[2001:db8:1:2::9]", [0x20, 1, 0xD, 0xB8, 0, 1, 0, 2]),
      ("fe80::1%eth0", [0xFE, 0x80, 0, 0, 0, 0, 0, 0]),
      ("::1", [0, 0, 0, 0, 0, 0, 0, 0]), ("", nil), ("unknown", nil), ("1.2.3", nil),
      ("1.2.3.256", nil),
      ("1.2.3.4.5", nil), ("1::2::3", nil), ("1:2:3:4:5:6:7:8:9", nil), ("12345::", nil),
      ("+1.2.3.4", nil),
    ] as [(String, [UInt8]?)])
  func addresses(_ text: String, _ network: [UInt8]?) {
    #expect(NetworkAddress.network(of: text) == network)
  }

  @Test func loopbackIsThisMachine() {
    for text in ["127.0.0.1", "127.1.2.3", "::1"] { #expect(NetworkAddress.isLoopback(text)) }
    for text in ["0.0.0.0", "::", "192.0.2.1", "localhost", ""] {
      #expect(!NetworkAddress.isLoopback(text))
    }
  }
}
