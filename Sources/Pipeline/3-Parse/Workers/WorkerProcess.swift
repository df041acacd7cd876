import StoaModel
import StoaPlatform
import Synchronization

/// A worker as its parent sees it; it ends when the last reference goes.
final class WorkerProcess: Sendable {
  /// The file in which the worker's bodies are.
  private let bodies: HeldFile
  private let socket: Int32
  private let process: pid_t
  /// As waitpid(2) gives it; nil while the worker has not been waited for.
  private let ending = Mutex<Int32?>(nil)

  /// What a worker made of a slice of texts.
  enum Answer {
    case parsed([ParsedText])
    /// This text has used up its time, and the worker is gone.
    case outOfTime(Int)
    /// The worker is gone otherwise, at this text.
    case died(Int)
    /// The worker could not write its file, for this reason of the system's.
    case failed(Int32)
  }

  /// Starts a worker.
  init(_ options: WorkerOptions) throws(WorkerError) {
    // A program that does not look whether it is a worker would start itself again without end.
    guard !isParseWorker else { throw .noWorker(options.executable) }
    bodies = try WorkerSpawn.bodiesFile()
    let (parent, child) = try WorkerSpawn.socketPair()
    socket = parent
    do {
      // While this process held the worker's end open too, the worker's death would not be the end of the conversation.
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

  /// The signal that ended the worker; 0 when it ended by itself.
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

  /// Sends a slice of texts and waits for the answer.
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

  /// The worker's answer to a frame; nil when the worker is gone.
  private func exchange(_ frame: [UInt8]) -> [UInt8]? {
    do throws(Transfer.Failure) {
      try Transfer.send(frame, to: socket)
      return try Transfer.receiveFrame(from: socket)
    } catch {
      return nil
    }
  }
}
