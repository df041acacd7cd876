import Dispatch
import StoaPlatform
package import StoaSystem
import Synchronization

/// Somebody else's program that a build uses when it is there.
package struct ExternalTool: Sendable {
  /// Absolute.
  package let path: String
  /// What stands before the arguments of every call, such as `-C folder`.
  package let leadingArguments: [String]
  /// Files and folders that change when another version is installed.
  private let witnesses: [String]
  /// As `NAME=value`; nil: this program's own.
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

  /// What tells this installation from another one, without starting it.
  package var identity: String {
    (["\(path)"] + witnesses).map { file in
      var status = stat()
      guard stat(file, &status) == 0 else { return "\(file) missing" }
      return "\(file) \(status.st_size) \(status.st_mtim.tv_sec) \(status.st_mtim.tv_nsec)"
    }.joined(separator: "\n")
  }

  /// What a tool said before it ended.
  package struct Outcome: Sendable {
    package let output: [UInt8]
    package let complaints: [UInt8]
    package let succeeded: Bool
  }

  /// Runs the tool and waits for its end.
  ///
  /// Input and output are unlinked files, so that neither side ever waits for the other to read. The working folder is one of
  /// ours, because a tool may read settings from where it is started.
  ///
  /// - Parameter limit: how long it may take until it is ended; nil where it can wait for nobody.
  package func run(
    _ arguments: [String], in folder: String = "/", input: [UInt8] = [],
    atMost limit: Duration? = nil
  ) throws(SystemError) -> Outcome {
    let source = try ScratchFile()
    try source.write(input)
    let output = try ScratchFile()
    let complaints = try ScratchFile()
    let process = try start(
      arguments, in: folder,
      streams: [source.descriptor, output.descriptor, complaints.descriptor].map { .descriptor($0) }
    )
    let deadline = limit.map { Deadline(of: process, after: $0) }
    defer { deadline?.cancel() }
    let status = try process.wait()
    return Outcome(
      output: try output.read(), complaints: try complaints.read(), succeeded: status == 0)
  }

  /// Runs the tool and hands over what it prints, piece by piece as it comes; the outcome has no output.
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
    _ arguments: [String], in folder: String, streams: [ChildProcess.Stream]
  ) throws(SystemError) -> ChildProcess {
    // The call that changes a child's folder is not in every C library; a shell is on every system.
    let shell = "/bin/sh"
    let command = ["-c", "cd \"$1\" && shift && exec \"$@\"", shell, folder, path]
    return try ChildProcess(
      shell, command + leadingArguments + arguments,
      environment: environment ?? ChildProcess.environment(),
      streams: streams)
  }
}

/// Ends a program that takes too long.
private final class Deadline: Sendable {
  /// Nil when the program has ended: its number may be another's by now.
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
