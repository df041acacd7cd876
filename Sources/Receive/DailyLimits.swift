import CSodium
import StoaIntake
import StoaPlatform
import Synchronization

/// The limits, with a clock and a hash key that changes every day.
final class DailyLimits: Sendable {
  private let state: Mutex<(limits: ArrivalLimits, day: Int64)>

  /// - Parameter known: texts that came before.
  init(known: [String]) {
    let now = Self.now
    state = Mutex((ArrivalLimits(key: Self.newKey(), at: now, known: known), now / 86_400_000))
  }

  /// In milliseconds, from a monotonic clock.
  private static var now: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
  }

  private static func newKey() -> [UInt8] {
    var key = [UInt8](repeating: 0, count: 32)
    randombytes_buf(&key, key.count)
    return key
  }

  func judge(_ arrival: Arrival) -> [Doubt]? {
    state.withLock { state in
      let now = Self.now
      if now / 86_400_000 != state.day {
        state.limits.change(key: Self.newKey())
        state.day = now / 86_400_000
      }
      return state.limits.judge(arrival, at: now)
    }
  }
}
