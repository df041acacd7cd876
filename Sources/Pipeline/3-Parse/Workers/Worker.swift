import StoaModel
import StoaPlatform

/// The program's first argument when it is started as a worker of a build; never meant for people.
let parseWorkerArgument = "--parse-worker"

/// Whether this process was started as a worker of a build.
package var isParseWorker: Bool { CommandLine.arguments.dropFirst().first == parseWorkerArgument }

/// What a worker and its parent have agreed on.
enum WorkerContract {
  /// Both directions of the conversation.
  static let conversation: Int32 = 0
  /// The file that takes bodies; the parent holds it too.
  static let bodies: Int32 = 3
  /// What a worker says first, so that a program that is no worker is not taken for one that a text killed.
  static let greeting = "stoa-parse \(stoaVersion)"
}

/// Parses what the parent process sends until it sends no more.
///
/// The limits are the two arguments that follow the first: milliseconds of processor time for a text, bytes of memory. A text that takes more time or memory than the limits ends the process by a signal: the parent sees it and starts another.
package func runParseWorker() -> Never {
  let limits = CommandLine.arguments.dropFirst(2).compactMap { Int($0) }
  guard limits.count == 2, let progress = WorkerProgress.Writer(file: WorkerContract.bodies) else {
    exit(64)
  }
  var worker = Worker(processorMilliseconds: limits[0], memory: limits[1], progress: progress)
  // It fails only when the parent has gone.
  try? worker.run()
  exit(0)
}

/// A worker's side of the conversation.
private struct Worker {
  private let processorMilliseconds: Int
  private let progress: WorkerProgress.Writer
  private var spill = BodySpill()

  init(processorMilliseconds: Int, memory: Int, progress: WorkerProgress.Writer) {
    self.processorMilliseconds = processorMilliseconds
    self.progress = progress
    signal(SIGPROF, SIG_DFL)
    // A file that may not grow is an error of writing, and no text's fault.
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

  /// Parses a slice of texts.
  ///
  /// The answer begins with 0, or it is the number of the error that kept the file from being written.
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
      answer.write(MarkdownParser.parse(text), place: place, spill: &spill)
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

  /// Gives the next text its time; when it is used up the default action of the signal ends the process.
  private func restartTimer() {
    var timer = itimerval()
    timer.it_value.tv_sec = processorMilliseconds / 1000
    timer.it_value.tv_usec = numericCast(processorMilliseconds % 1000 * 1000)
    setitimer(__itimer_which_t(ITIMER_PROF.rawValue), &timer, nil)
  }

  /// The bytes of address space in use, which for a Swift program is far more than its memory; nil where nothing tells it.
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
