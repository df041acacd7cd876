internal import Dispatch
internal import StoaModel
internal import Synchronization

/// How texts are parsed: by which program, in how many processes, within which limits.
package struct WorkerOptions: Sendable {
  /// The path of a program that calls `runParseWorker()` when its first argument is `parseWorkerArgument`.
  package var executable: String
  package var jobs: Int
  /// The processor time that one text may take.
  package var processorMilliseconds: Int
  /// The bytes that a worker may use beyond what it begins with.
  package var memory: Int

  package init(
    executable: String, jobs: Int, processorMilliseconds: Int = 2000, memory: Int = 1 << 30
  ) {
    self.executable = executable
    self.jobs = jobs
    self.processorMilliseconds = processorMilliseconds
    self.memory = memory
  }
}

/// Worker processes that are kept, so that a preview need not start one for each change.
package final class WorkerPool: Sendable {
  /// A worker costs as much to start as about this many texts to parse.
  private static let textsForAWorker = 16

  private let options: WorkerOptions
  private let idle = Mutex<[WorkerProcess]>([])

  package init(_ options: WorkerOptions) {
    self.options = options
  }

  /// Parses one text; the body of its document is in memory.
  package func parse(_ text: MarkdownText) async throws -> ParsedText {
    try await onThread { [self] in
      var worker: WorkerProcess?
      defer { giveBack(worker) }
      return try parse([text], bodies: .frame, with: &worker)[0]
    }
  }

  /// Parses the texts of a queue; the result has one for each, in order.
  func parse(_ queue: TextQueue, bodies place: BodyPlace = .file) async throws -> [ParsedText] {
    guard queue.count > 0 else { return [] }
    let needed = (queue.count + Self.textsForAWorker - 1) / Self.textsForAWorker
    return try await withThrowingTaskGroup(of: [(Int, ParsedText)].self) { group in
      for _ in 0..<max(1, min(options.jobs, needed)) {
        group.addTask { [self] in try await onThread { [self] in try drain(queue, place) } }
      }
      let empty = ParsedText(document: Document(), problem: nil)
      var all = [ParsedText](repeating: empty, count: queue.count)
      for try await part in group {
        for (index, parsed) in part { all[index] = parsed }
      }
      return all
    }
  }

  /// Sends slices of the queue to one worker at a time until none are left.
  private func drain(_ queue: TextQueue, _ place: BodyPlace) throws -> [(Int, ParsedText)] {
    var results: [(Int, ParsedText)] = []
    var worker: WorkerProcess?
    defer { giveBack(worker) }
    while let slice = try queue.next() {
      let parsed = try parse(slice.map(\.text), bodies: place, with: &worker)
      for (entry, parsed) in zip(slice, parsed) { results.append((entry.index, parsed)) }
    }
    return results
  }

  /// Parses a slice.
  ///
  /// When it kills the worker, its texts are sent again one by one, so that the one to blame is known.
  private func parse(
    _ texts: [MarkdownText], bodies place: BodyPlace, with worker: inout WorkerProcess?
  ) throws -> [ParsedText] {
    let kept = worker == nil ? idle.withLock { $0.popLast() } : nil
    let current = try worker ?? kept ?? WorkerProcess(options)
    worker = current
    switch try current.parse(texts, bodies: place) {
    case .parsed(let parsed): return parsed
    case .failed(let errno):
      throw WorkerError(
        "\(WorkerSpawn.temporaryFolder): a worker cannot write its temporary file", errno: errno)
    case .died:
      worker = nil
      // One that was kept may have died of something else since: its text gets another.
      if texts.count == 1, kept == nil {
        return [ParsedText(document: Document(), problem: TextProblem(.markdownTooComplex))]
      }
      var parsed: [ParsedText] = []
      for text in texts { parsed += try parse([text], bodies: place, with: &worker) }
      return parsed
    }
  }

  private func giveBack(_ worker: WorkerProcess?) {
    guard let worker else { return }
    idle.withLock { $0.append(worker) }
  }

  /// Runs something that waits for a process away from the threads that Swift's tasks share.
  private func onThread<Value: Sendable>(
    _ work: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      Self.threads.async { continuation.resume(with: Result { try work() }) }
    }
  }

  private static let threads = DispatchQueue(label: "stoa.parse", attributes: .concurrent)
}
