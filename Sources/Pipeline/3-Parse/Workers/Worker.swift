import StoaModel
import StoaPlatform

/// The program's first argument when a build starts it as a worker; not for people.
let parseWorkerArgument = "--parse-worker"

/// Whether a build started this process as a worker.
package var isParseWorker: Bool { CommandLine.arguments.dropFirst().first == parseWorkerArgument }

/// The protocol between a worker and its parent.
enum WorkerContract {
  /// The descriptor of the socket, for both directions.
  static let conversation: Int32 = 0
  /// The descriptor of the file for bodies; the parent has it open too.
  static let bodies: Int32 = 3
  /// The first message of a worker, so that any other program is recognised, and not mistaken for a worker that a document crashed.
  static let greeting = "stoa-parse \(stoaVersion)"
}

/// Parses the documents that the parent process sends, until the connection ends.
///
/// The limits are the two arguments after the first: milliseconds of processor time for a document, and bytes of memory. A document
/// that exceeds them ends the process by a signal: the parent notices and starts another worker.
package func runParseWorker() -> Never {
  let limits = CommandLine.arguments.dropFirst(2).compactMap { Int($0) }
  guard limits.count == 2, let progress = WorkerProgress.Writer(file: WorkerContract.bodies) else {
    exit(64)
  }
  var worker = Worker(processorMilliseconds: limits[0], memory: limits[1], progress: progress)
  // It fails only when the parent has ended.
  try? worker.run()
  exit(0)
}

/// The worker's side of the connection.
private struct Worker {
  private let processorMilliseconds: Int
  private let progress: WorkerProgress.Writer
  private var spill = BodySpill()

  init(processorMilliseconds: Int, memory: Int, progress: WorkerProgress.Writer) {
    self.processorMilliseconds = processorMilliseconds
    self.progress = progress
    signal(SIGPROF, SIG_DFL)
    // Exceeding the file size limit is then an error of writing, and not the document's fault.
    signal(SIGXFSZ, SIG_IGN)
    limit(RLIMIT_CORE, to: 0)
    if let used = Self.addressSpace() { limit(RLIMIT_AS, to: used + memory) }
  }

  mutating func run() throws {
    let conversation = WorkerContract.conversation
    var greeting = FrameWriter()
    greeting.write(WorkerContract.greeting)
    try Transfer.send(greeting.frame(), to: conversation)
    while let payload = try Transfer.receiveFrame(from: conversation) {
      try Transfer.send(try answer(to: FrameReader(payload: payload)), to: conversation)
    }
  }

  /// Parses a slice of documents.
  ///
  /// The answer begins with 0, or it is the error number of a failed write to the file.
  private mutating func answer(to request: FrameReader) throws -> [UInt8] {
    var request = request
    let place: BodyPlace = try request.flag() ? .file : .frame
    var answer = FrameWriter()
    answer.write(0)
    defer { progress.rest() }
    for index in 0..<max(try request.number(), 0) {
      progress.begin(index)
      let text = try MarkdownText(from: &request)
      restartTimer()
      let parsed =
        text.seeksComments ? MarkdownParser.uncommented(text) : MarkdownParser.parse(text)
      answer.write(parsed, place: place, spill: &spill)
    }
    do throws(Transfer.Failure) {
      try Transfer.write(spill.bytes, to: WorkerContract.bodies, at: spill.offset)
    } catch {
      var failure = FrameWriter()
      failure.write(Int(error.errno))
      return failure.frame()
    }
    spill.clear()
    return answer.frame()
  }

  /// Starts the timer for the next document; when the time is up, the signal's default action ends the process.
  private func restartTimer() {
    var timer = itimerval()
    timer.it_value.tv_sec = processorMilliseconds / 1000
    timer.it_value.tv_usec = numericCast(processorMilliseconds % 1000 * 1000)
    setitimer(__itimer_which_t(ITIMER_PROF.rawValue), &timer, nil)
  }

  /// The bytes of address space in use, which for a Swift program is far more than its memory; nil if they are unknown.
  private static func addressSpace() -> Int? {
    let descriptor = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 128)
    let count = read(descriptor, &bytes, bytes.count)
    guard count > 0 else { return nil }
    let pages = String(decoding: bytes[..<count].prefix { $0 != 0x20 }, as: UTF8.self)
    return Int(pages).map { $0 * Int(getpagesize()) }
  }
}

private typealias LimitedResource = __rlimit_resource

private func limit(_ resource: LimitedResource, to bytes: Int) {
  var limit = rlimit()
  limit.rlim_cur = numericCast(max(bytes, 0))
  limit.rlim_max = limit.rlim_cur
  setrlimit(__rlimit_resource_t(resource.rawValue), &limit)
}
