import Synchronization

/// One line on a terminal that says what a build is doing, if it takes over a second.
final class ProgressLine: Sendable {
  private struct State {
    var stage = ""
    var isShown = false
    var isOver = false
  }

  private let state = Mutex(State())
  private let write: @Sendable (String) -> Void

  init(write: @escaping @Sendable (String) -> Void) {
    self.write = write
  }

  /// A progress line on standard error, shown after a second; nil where that is not a terminal.
  static func onTerminal() -> ProgressLine? {
    guard Terminal.errorIsTerminal else { return nil }
    let line = ProgressLine { Terminal.writeError($0) }
    Task {
      try? await Task.sleep(for: .seconds(1))
      line.show()
    }
    return line
  }

  /// Names the stage that begins.
  func begin(_ stage: String) {
    state.withLock { state in
      state.stage = stage
      if state.isShown { draw(stage) }
    }
  }

  /// Shows the line, unless the build is over.
  func show() {
    state.withLock { state in
      guard !state.isOver, !state.isShown else { return }
      state.isShown = true
      draw(state.stage)
    }
  }

  /// Takes the line away, so that what follows stands where it stood.
  func end() {
    state.withLock { state in
      state.isOver = true
      if state.isShown { write("\r\u{1B}[K") }
      state.isShown = false
    }
  }

  private func draw(_ stage: String) { write("\r\u{1B}[K\(stage) …") }
}
