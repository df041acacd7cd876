import Synchronization

/// The history that a preview keeps, so that the log is read again only after a new commit.
package final class HistoryCache: Sendable {
  /// Everything that a history depends on.
  struct Key: Equatable, Sendable {
    let commit: String
    let prefix: [UInt8]
    let mailmap: [UInt8]
    let options: HistoryOptions
  }

  private let known = Mutex<(key: Key, history: History)?>(nil)

  package init() {}

  func history(for key: Key, _ read: () throws -> History) rethrows -> History {
    if let known = known.withLock({ $0 }), known.key == key { return known.history }
    let history = try read()
    known.withLock { $0 = (key, history) }
    return history
  }
}
