/// Takes the time of one stage after the other.
internal struct StageClock {
  internal private(set) var stages: [Edition.Stage] = []
  private var start = ContinuousClock.now

  /// Ends a stage, and begins the next.
  internal mutating func end(_ name: String) {
    let now = ContinuousClock.now
    stages.append(Edition.Stage(name: name, duration: now - start))
    start = now
  }
}
