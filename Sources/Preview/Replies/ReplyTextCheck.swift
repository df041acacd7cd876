import StoaModel
import StoaParse

/// Finds out whether a build could show the texts of replies, a few at a time.
actor ReplyTextCheck {
  /// How many texts are parsed at one time; others wait.
  private static let checksAtOnce = 2

  private let pool: WorkerPool
  private var checks = 0
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(_ pool: WorkerPool) {
    self.pool = pool
  }

  /// Whether a build could show a text; true also when the system cannot run a parser, which is not the text's fault.
  func canShow(_ text: String, settings: Settings) async -> Bool {
    if checks >= Self.checksAtOnce {
      // A task that ends passes its place to the task that has waited longest.
      await withCheckedContinuation { waiting.append($0) }
    } else {
      checks += 1
    }
    defer {
      if waiting.isEmpty { checks -= 1 } else { waiting.removeFirst().resume() }
    }
    return (try? await pool.canShow(reply: text, settings: settings)) ?? true
  }
}
