import StoaModel
import StoaPlatform
import Synchronization

/// The parent's handle of a worker, which ends when the last reference is released.
final class WorkerProcess: Sendable {
  /// The file in which the worker's bodies are.
  private let bodies: HeldFile
  private let socket: Int32
  private let process: pid_t
  /// The status from waitpid(2); nil before the worker was waited for.
  private let ending = Mutex<Int32?>(nil)

  /// A worker's answer to a slice of documents.
  enum Answer {
    case parsed([ParsedText])
    /// This document has used up its time, and the worker has ended.
    case outOfTime(Int)
    /// The worker has ended for another reason, at this document.
    case died(Int)
    /// The worker could not write its file, with this error number.
    case failed(Int32)
  }

  /// Starts a worker.
  init(_ options: WorkerOptions) throws(WorkerError) {
    // A program that does not check whether it is a worker would start itself again and again.
    guard !isParseWorker else { throw .noWorker(options.executable) }
    bodies = try WorkerSpawn.bodiesFile()
    let (parent, child) = try WorkerSpawn.socketPair()
    socket = parent
    do {
      // If this process kept the worker's end open too, the connection would not end with the worker.
      defer { close(child) }
      process = try WorkerSpawn.start(options, socket: child, bodies: bodies.descriptor)
    } catch {
      close(parent)
      throw error
    }
    // The deinitialiser closes and reaps from here on.
    let greeting = try? Transfer.receiveFrame(from: socket)
    var reader = FrameReader(payload: greeting ?? [])
    guard (try? reader.text()) == WorkerContract.greeting else {
      throw .noWorker(options.executable)
    }
  }

  deinit {
    close(socket)
    _ = waitForEnd()
  }

  /// The signal that ended the worker; 0 when it exited normally.
  private func waitForEnd() -> Int32 {
    let status = ending.withLock { ending in
      if let ending { return ending }
      var status: Int32 = 0
      while waitpid(process, &status, 0) < 0 && errno == EINTR {}
      ending = status
      return status
    }
    return status & 0x7F
  }

  /// Sends a slice of documents and waits for the answer.
  ///
  /// A worker reads a whole request before it answers, so neither side ever waits for the other to read.
  func parse(_ texts: [MarkdownText], bodies place: BodyPlace) throws(WorkerError) -> Answer {
    var request = FrameWriter()
    request.write(place == .file)
    request.write(texts.count)
    for text in texts { text.write(to: &request) }
    guard let payload = exchange(request.frame()) else {
      let text = min(WorkerProgress.text(in: bodies), texts.count - 1)
      return waitForEnd() == SIGPROF ? .outOfTime(text) : .died(text)
    }
    return try answer(in: payload, to: texts.count, file: place == .file ? bodies : nil)
  }

  private func answer(
    in payload: [UInt8], to count: Int, file: HeldFile?
  ) throws(WorkerError) -> Answer {
    do throws(FrameError) {
      var answer = FrameReader(payload: payload)
      let failure = try answer.number()
      guard failure == 0 else { return .failed(Int32(truncatingIfNeeded: failure)) }
      var parsed: [ParsedText] = []
      parsed.reserveCapacity(count)
      for _ in 0..<count { parsed.append(try answer.parsedText(in: file)) }
      return .parsed(parsed)
    } catch {
      throw WorkerError("a worker's answer cannot be read")
    }
  }

  /// The worker's answer to a frame; nil when the worker has ended.
  private func exchange(_ frame: [UInt8]) -> [UInt8]? {
    do throws(Transfer.Failure) {
      try Transfer.send(frame, to: socket)
      return try Transfer.receiveFrame(from: socket)
    } catch {
      return nil
    }
  }
}
