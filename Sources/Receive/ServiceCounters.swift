import Synchronization

/// The numbers of the service's actions since its start.
package final class ServiceCounters: Sendable {
  package enum Count: Int, CaseIterable, Sendable {
    case received, doubtful, refused, failed, proposed, published, rejected, delayed, mails
    case requests

    fileprivate var help: String {
      switch self {
      case .received: "replies that were stored"
      case .doubtful: "doubtful replies that were stored"
      case .refused: "forms with errors"
      case .failed: "replies that could not be stored, and were not acknowledged"
      case .proposed: "replies that became proposals"
      case .published: "replies that were added to the branch"
      case .rejected: "replies that a moderator rejected by a link"
      case .delayed: "failed git and mail operations, which are repeated"
      case .mails: "mails that were passed to the mail program"
      case .requests: "requests"
      }
    }
  }

  private let counts = Mutex([Int](repeating: 0, count: Count.allCases.count))

  package init() {}

  package func add(_ count: Count, _ number: Int = 1) {
    counts.withLock { $0[count.rawValue] += number }
  }

  /// The counters in Prometheus's format.
  func text(waiting: [(name: String, count: Int)]) -> String {
    let counts = counts.withLock { $0 }
    let totals = Count.allCases.map { count in
      """
      # HELP stoa_\(count)_total \(count.help)
      # TYPE stoa_\(count)_total counter
      stoa_\(count)_total \(counts[count.rawValue])

      """
    }
    let states = waiting.map { "stoa_waiting{state=\"\($0.name)\"} \($0.count)\n" }
    return totals.joined() + "# TYPE stoa_waiting gauge\n" + states.joined()
  }
}
