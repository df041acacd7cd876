/// So many at once, and then one in every interval.
///
/// A value without a clock: whoever asks says what time it is, in milliseconds.
package struct TokenBucket: Sendable, Equatable {
  /// How many may come at once, and how long it takes until one more may.
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
  /// What is there, counted in milliseconds of filling.
  private var level: Int64
  private var last: Int64

  package init(_ rate: Rate, at now: Int64) {
    self.rate = rate
    level = rate.burst * rate.interval
    last = now
  }

  /// Takes one, or some; false when there are not so many.
  package mutating func take(_ count: Int64 = 1, at now: Int64) -> Bool {
    refill(at: now)
    guard level / rate.interval >= count else { return false }
    level -= rate.interval * count
    return true
  }

  /// Whether it is as full as it gets, so that nothing is lost if it is forgotten.
  package func isFull(at now: Int64) -> Bool {
    var bucket = self
    bucket.refill(at: now)
    return bucket.level == rate.burst * rate.interval
  }

  /// A clock that goes back takes nothing away and gives nothing.
  private mutating func refill(at now: Int64) {
    let passed = now.subtractingReportingOverflow(last)
    last = now
    guard !passed.overflow, passed.partialValue > 0 else { return }
    let full = rate.burst * rate.interval
    level = passed.partialValue >= full - level ? full : level + passed.partialValue
  }
}
