/// Measures the time of consecutive stages.
struct StageClock {
  private(set) var stages: [SiteSnapshot.Stage] = []
  private var start = ContinuousClock.now

  /// Ends a stage, and begins the next.
  mutating func end(_ name: String) {
    let now = ContinuousClock.now
    stages.append(SiteSnapshot.Stage(name: name, duration: now - start))
    start = now
  }
}
