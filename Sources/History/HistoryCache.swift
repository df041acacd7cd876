import Synchronization

/// What a preview keeps of a history, so that the log is read again only when there is a new commit.
package final class HistoryCache: Sendable {
  /// Everything that a history is made from.
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
