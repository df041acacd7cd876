import Dispatch
import StoaPlatform
package import StoaSystem
import Synchronization

/// A third-party program that a build uses if it is installed.
package struct ExternalTool: Sendable {
  /// Absolute.
  package let path: String
  /// Arguments before those of every call, such as `-C folder`.
  package let leadingArguments: [String]
  /// Files and folders that change when another version is installed.
  private let witnesses: [String]
  /// Each as `NAME=value`; nil: this program's own environment.
  private let environment: [String]?

  package init(
    path: String, leadingArguments: [String] = [], witnesses: [String] = [],
    environment: [String]? = nil
  ) {
    self.path = path
    self.leadingArguments = leadingArguments
    self.witnesses = witnesses
    self.environment = environment
  }

  /// A key that differs between installations, without starting the tool.
  package var identity: String {
    (["\(path)"] + witnesses).map { file in
      var status = stat()
      guard stat(file, &status) == 0 else { return "\(file) missing" }
      return "\(file) \(status.st_size) \(status.st_mtim.tv_sec) \(status.st_mtim.tv_nsec)"
    }.joined(separator: "\n")
  }

  /// The result of a tool's run.
  package struct Outcome: Sendable {
    package let output: [UInt8]
    package let complaints: [UInt8]
    package let succeeded: Bool
  }

  /// The limits of a run; the system ends a run that exceeds them.
  package struct Limits: Sendable {
    /// Seconds of processor time, each of which takes longer on a busy machine.
    let seconds: Int
    /// Private writable memory, in KiB.
    ///
    /// Limiting the address space would not work: pandoc's runtime reserves a terabyte of it.
    let memory: Int
    /// The size of a file that it writes, such as its output, in KiB.
    let output: Int

    package init(seconds: Int, memory: Int, output: Int) {
      self.seconds = seconds
      self.memory = memory
      self.output = output
    }

    /// The time limit for the whole run, because it may wait forever.
    fileprivate var duration: Duration { .seconds(30 + 10 * seconds) }
    /// The shell's commands and their arguments; POSIX counts files in blocks of 512 bytes.
    fileprivate static let commands =
      "ulimit -c 0; ulimit -t \"$1\"; ulimit -d \"$2\"; ulimit -f \"$3\"; shift 3; "
    fileprivate var arguments: [String] { [seconds, memory, 2 * output].map(String.init) }
  }

  /// Runs the tool and waits for its end.
  ///
  /// Input and output are unlinked files, so that neither side ever waits for the other to read. The working folder is one of
  /// ours, because a tool may read settings from where it is started.
  ///
  /// - Parameters:
  ///   - limit: the time after which the tool is killed; nil for a tool that cannot wait for anything, such as the network.
  ///   - limits: the limits of a tool that reads untrusted input.
  package func run(
    _ arguments: [String], in folder: String = "/", input: [UInt8] = [],
    atMost limit: Duration? = nil, within limits: Limits? = nil
  ) throws(SystemError) -> Outcome {
    let source = try ScratchFile()
    try source.write(input)
    let output = try ScratchFile()
    let complaints = try ScratchFile()
    let process = try start(
      arguments, in: folder,
      streams: [source.descriptor, output.descriptor, complaints.descriptor].map {
        .descriptor($0)
      }, limits)
    let deadline = (limit ?? limits?.duration).map { Deadline(of: process, after: $0) }
    defer { deadline?.cancel() }
    let status = try process.wait()
    return Outcome(
      output: try output.read(), complaints: try complaints.read(), succeeded: status == 0)
  }

  /// Runs the tool and passes on its output piece by piece; the outcome has no output.
  package func run(
    _ arguments: [String], readingOutput take: (UnsafeRawBufferPointer) -> Void
  ) throws(SystemError) -> Outcome {
    let source = try ScratchFile()
    let complaints = try ScratchFile()
    let output = try OutputPipe()
    let process = try output.start { (end) throws(SystemError) in
      try start(
        arguments, in: "/",
        streams: [.descriptor(source.descriptor), end, .descriptor(complaints.descriptor)])
    }
    output.drain(take)
    let status = try process.wait()
    return Outcome(output: [], complaints: try complaints.read(), succeeded: status == 0)
  }

  private func start(
    _ arguments: [String], in folder: String, streams: [ChildProcess.Stream],
    _ limits: Limits? = nil
  ) throws(SystemError) -> ChildProcess {
    // Not every C library can set a child's working folder; every system has a shell.
    let shell = "/bin/sh"
    let script = (limits == nil ? "" : Limits.commands) + "cd \"$1\" && shift && exec \"$@\""
    let command = ["-c", script, shell] + (limits?.arguments ?? []) + [folder, path]
    return try ChildProcess(
      shell, command + leadingArguments + arguments,
      environment: environment ?? ChildProcess.environment(),
      streams: streams)
  }
}

/// Ends a program that takes too long.
private final class Deadline: Sendable {
  /// Nil when the program has ended, because another process may have its number by now.
  private let process: Mutex<ChildProcess?>

  init(of process: ChildProcess, after limit: Duration) {
    self.process = Mutex(process)
    let seconds = Double(limit.components.seconds)
    DispatchQueue.global().asyncAfter(deadline: .now() + seconds) { [weak self] in
      self?.process.withLock { $0?.kill() }
    }
  }

  func cancel() { process.withLock { $0 = nil } }
}
