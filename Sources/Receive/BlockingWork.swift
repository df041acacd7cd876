import Dispatch

extension DispatchQueue {
  /// Runs blocking work outside the small thread pool of Swift's tasks.
  func run<Value: Sendable>(
    _ work: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      async { continuation.resume(with: Result(catching: work)) }
    }
  }
}
