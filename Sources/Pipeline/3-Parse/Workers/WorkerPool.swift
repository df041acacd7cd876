import Dispatch
import StoaModel
import StoaSystem
import Synchronization

/// The options of parsing: the program, the number of processes, and their limits.
package struct WorkerOptions: Sendable {
  /// The path of a program that calls `runParseWorker()` first if it `isParseWorker`.
  package var executable: String
  package var jobs: Int
  /// The limit of processor time for one document; including a new worker it costs a build at most two seconds.
  package var processorMilliseconds: Int
  /// The limit of memory in bytes, beyond what a worker uses at the start.
  package var memory: Int

  package init(
    executable: String, jobs: Int, processorMilliseconds: Int = 1900, memory: Int = 256 << 20
  ) {
    self.executable = executable
    self.jobs = jobs
    self.processorMilliseconds = processorMilliseconds
    self.memory = memory
  }
}

/// Worker processes that are reused, so that a preview need not start one for each change.
package final class WorkerPool: Sendable {
  /// Starting a worker takes as long as parsing about this many documents.
  private static let textsForAWorker = 16

  private let options: WorkerOptions
  private let idle = Mutex<[WorkerProcess]>([])

  package init(_ options: WorkerOptions) {
    self.options = options
  }

  /// Parses one document; its body is in memory.
  package func parse(_ text: MarkdownText) async throws -> ParsedText {
    try await onThread { [self] in
      var worker: WorkerProcess?
      defer { giveBack(worker) }
      return try parse([text], bodies: .frame, with: &worker)[0]
    }
  }

  /// Parses the documents of a queue; the result has one for each, in order.
  func parse(_ queue: TextQueue, bodies place: BodyPlace = .file) async throws -> [ParsedText] {
    guard queue.count > 0 else { return [] }
    let needed = (queue.count + Self.textsForAWorker - 1) / Self.textsForAWorker
    return try await withThrowingTaskGroup(of: [ParsedSlice].self) { group in
      for _ in 0..<max(1, min(options.jobs, needed)) {
        group.addTask { [self] in try await onThread { [self] in try drain(queue, place) } }
      }
      let empty = ParsedText(document: Document())
      var all = [ParsedText](repeating: empty, count: queue.count)
      for try await slices in group {
        for slice in slices {
          for (index, parsed) in zip(slice.indexes, slice.parsed) { all[index] = parsed }
        }
      }
      return all
    }
  }

  /// Parses a few documents on this thread; their bodies are in memory.
  func parse(_ texts: [MarkdownText]) throws -> [ParsedText] {
    var worker: WorkerProcess?
    defer { giveBack(worker) }
    return try parse(texts, bodies: .frame, with: &worker)
  }

  /// Sends slices of the queue to one worker until none are left.
  private func drain(_ queue: TextQueue, _ place: BodyPlace) throws -> [ParsedSlice] {
    var results: [ParsedSlice] = []
    var worker: WorkerProcess?
    defer { giveBack(worker) }
    while let slice = try queue.next() {
      let parsed = try parse(slice.map(\.text), bodies: place, with: &worker)
      results.append(ParsedSlice(indexes: slice.map(\.index), parsed: parsed))
    }
    return results
  }

  /// The result of a slice.
  private struct ParsedSlice {
    /// The indexes of the results.
    let indexes: [Int]
    let parsed: [ParsedText]
  }

  /// Parses a slice.
  ///
  /// When one of its documents crashes the worker, that document is reported, and the others go to a new worker.
  private func parse(
    _ texts: [MarkdownText], bodies place: BodyPlace, with worker: inout WorkerProcess?
  ) throws -> [ParsedText] {
    guard !texts.isEmpty else { return [] }
    let current = try worker ?? idle.withLock { $0.popLast() } ?? WorkerProcess(options)
    worker = current
    switch try current.parse(texts, bodies: place) {
    case .parsed(let parsed): return parsed
    case .failed(let errno): throw Self.cannotWrite(errno)
    case .outOfTime(let index):
      worker = nil
      return try parse(Array(texts[..<index]), bodies: place, with: &worker)
        + [Self.tooComplex]
        + parse(Array(texts[(index + 1)...]), bodies: place, with: &worker)
    case .died(let index):
      // Earlier documents may have left little memory, or the worker was killed while it was idle.
      worker = nil
      return try parse(Array(texts[..<index]), bodies: place, with: &worker)
        + [parse(alone: texts[index], bodies: place, with: &worker)]
        + parse(Array(texts[(index + 1)...]), bodies: place, with: &worker)
    }
  }

  /// Parses one document with a new worker.
  private func parse(
    alone text: MarkdownText, bodies place: BodyPlace, with worker: inout WorkerProcess?
  ) throws -> ParsedText {
    let fresh = try WorkerProcess(options)
    switch try fresh.parse([text], bodies: place) {
    case .parsed(let parsed):
      worker = fresh
      return parsed[0]
    case .failed(let errno): throw Self.cannotWrite(errno)
    case .outOfTime, .died:
      worker = nil
      return Self.tooComplex
    }
  }

  private static let tooComplex = ParsedText(
    document: Document(), problem: TextProblem(.markdownTooComplex))

  private static func cannotWrite(_ errno: Int32) -> WorkerError {
    WorkerError(
      "\(ScratchFolder.place): a worker cannot write its temporary file", errno: errno)
  }

  private func giveBack(_ worker: WorkerProcess?) {
    guard let worker else { return }
    idle.withLock { $0.append(worker) }
  }

  /// Runs a function that waits for a process on a thread of its own, to keep Swift's shared threads free.
  private func onThread<Value: Sendable>(
    _ work: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      Self.threads.async { continuation.resume(with: Result { try work() }) }
    }
  }

  private static let threads = DispatchQueue(label: "stoa.parse", attributes: .concurrent)
}
