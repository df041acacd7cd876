import Synchronization

/// The limits that all connections share.
final class ServiceLoad: Sendable {
  private static let maximumConnections = 1_024
  /// Beyond this number, a sender is asked to try again.
  private static let maximumAnswers = 256
  /// The maximum memory for incomplete forms, in bytes.
  private static let maximumBytes = 32 << 20

  private let connections = Atomic(0)
  private let answers = Atomic(0)
  private let bytes = Atomic(0)

  /// Counts a connection; false when there are too many already.
  func enter() -> Bool {
    connections.wrappingAdd(1, ordering: .relaxed).newValue <= Self.maximumConnections
  }

  func leave() { connections.wrappingSubtract(1, ordering: .relaxed) }

  /// Counts a request in progress; false when there are too many already.
  func begin() -> Bool {
    answers.wrappingAdd(1, ordering: .relaxed).newValue <= Self.maximumAnswers
  }

  func end() { answers.wrappingSubtract(1, ordering: .relaxed) }

  /// Counts bytes in memory; false when there are too many already.
  func hold(_ count: Int) -> Bool {
    bytes.wrappingAdd(count, ordering: .relaxed).newValue <= Self.maximumBytes
  }

  func release(_ count: Int) { bytes.wrappingSubtract(count, ordering: .relaxed) }
}
