import Synchronization

/// One line on a terminal that shows the current stage, if a build takes over a second.
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

  /// A progress line on standard error that appears after a second; nil if standard error is not a terminal.
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

  /// Erases the line, so that later output begins in its place.
  func end() {
    state.withLock { state in
      state.isOver = true
      if state.isShown { write("\r\u{1B}[K") }
      state.isShown = false
    }
  }

  private func draw(_ stage: String) { write("\r\u{1B}[K\(stage) …") }
}
