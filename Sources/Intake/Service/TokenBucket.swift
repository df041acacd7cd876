/// A token bucket: a limited number at once, then one in each interval.
///
/// A value without a clock: the caller passes the time in milliseconds.
package struct TokenBucket: Sendable, Equatable {
  /// The capacity, and the interval in which one token is added.
  package struct Rate: Sendable, Equatable {
    package let burst: Int64
    package let interval: Int64

    /// - Parameter interval: in milliseconds.
    package init(burst: Int64, every interval: Int64) {
      self.burst = max(1, burst)
      self.interval = max(1, interval)
    }
  }

  private let rate: Rate
  /// The fill level, in milliseconds of filling.
  private var level: Int64
  private var last: Int64

  package init(_ rate: Rate, at now: Int64) {
    self.rate = rate
    level = rate.burst * rate.interval
    last = now
  }

  /// Takes one or several tokens; false when there are fewer.
  package mutating func take(_ count: Int64 = 1, at now: Int64) -> Bool {
    refill(at: now)
    guard level / rate.interval >= count else { return false }
    level -= rate.interval * count
    return true
  }

  /// Whether it is full, so that it can be discarded without an effect.
  package func isFull(at now: Int64) -> Bool {
    var bucket = self
    bucket.refill(at: now)
    return bucket.level == rate.burst * rate.interval
  }

  /// A clock that is set back neither removes nor adds tokens.
  private mutating func refill(at now: Int64) {
    let passed = now.subtractingReportingOverflow(last)
    last = now
    guard !passed.overflow, passed.partialValue > 0 else { return }
    let full = rate.burst * rate.interval
    level = passed.partialValue >= full - level ? full : level + passed.partialValue
  }
}
