#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Why a tool could not be run at all: a matter of the machine.
package struct ToolError: Error, CustomStringConvertible {
  package let description: String

  internal init(_ what: String, errno code: Int32) {
    description = "\(what): \(String(cString: strerror(code)))"
  }
}

/// Somebody else's program that a build uses when it is there.
package struct ExternalTool: Sendable {
  /// Absolute.
  package let path: String
  /// What stands before the arguments of every call, such as `-m pagefind`.
  package let leadingArguments: [String]
  /// Files and folders that change when another version is installed.
  private let witnesses: [String]
  /// As `NAME=value`; nil: this program's own, less what would change a tool's work.
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
  package func run(
    _ arguments: [String], in folder: String = "/", input: [UInt8] = []
  ) throws(ToolError) -> Outcome {
    let source = try ScratchFile()
    try source.write(input)
    let output = try ScratchFile()
    let complaints = try ScratchFile()
    let process = try start(
      arguments, in: folder,
      descriptors: [source.descriptor, output.descriptor, complaints.descriptor])
    let status = try wait(for: process)
    return Outcome(
      output: try output.read(), complaints: try complaints.read(), succeeded: status == 0)
  }

  /// Runs the tool and hands over what it prints, piece by piece as it comes; the outcome has no output.
  package func run(
    _ arguments: [String], readingOutput take: (UnsafeRawBufferPointer) -> Void
  ) throws(ToolError) -> Outcome {
    let source = try ScratchFile()
    let complaints = try ScratchFile()
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw ToolError("no pipe", errno: errno) }
    // Neither end is for other children that start meanwhile; what the tool gets is a copy.
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[0]) }
    let process: pid_t
    do {
      defer { close(ends[1]) }
      process = try start(
        arguments, in: "/", descriptors: [source.descriptor, ends[1], complaints.descriptor])
    }
    Self.drain(ends[0], take)
    let status = try wait(for: process)
    return Outcome(output: [], complaints: try complaints.read(), succeeded: status == 0)
  }

  private static func drain(_ descriptor: Int32, _ take: (UnsafeRawBufferPointer) -> Void) {
    withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 1) { buffer in
      while true {
        let count = read(descriptor, buffer.baseAddress, buffer.count)
        if count > 0 {
          take(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        } else if count == 0 || errno != EINTR {
          return
        }
      }
    }
  }

  private func wait(for process: pid_t) throws(ToolError) -> Int32 {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 {
      guard errno == EINTR else { throw ToolError("cannot wait for \(path)", errno: errno) }
    }
    return status
  }

  private func start(
    _ arguments: [String], in folder: String, descriptors: [Int32]
  ) throws(ToolError) -> pid_t {
    #if canImport(Darwin)
    var actions: posix_spawn_file_actions_t?
    var attributes: posix_spawnattr_t?
    #else
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    for (number, descriptor) in descriptors.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
    }
    // A parent that blocks or ignores signals must not make its children immortal.
    var none = sigset_t()
    var deadly = sigset_t()
    sigemptyset(&none)
    sigemptyset(&deadly)
    for signal in [SIGINT, SIGPIPE, SIGPROF, SIGTERM] { sigaddset(&deadly, signal) }
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &deadly)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var process = pid_t()
    // The call that changes a child's folder is not in every C library; a shell is on every system.
    let shell = "/bin/sh"
    let command = [shell, "-c", "cd \"$1\" && shift && exec \"$@\"", shell, folder, path]
    let failure = Self.withCStrings(command + leadingArguments + arguments) { arguments in
      Self.withCStrings(environment ?? Self.parentEnvironment) { environment in
        posix_spawn(&process, shell, &actions, &attributes, arguments, environment)
      }
    }
    guard failure == 0 else { throw ToolError("cannot start \(path)", errno: failure) }
    return process
  }

  /// The parent's environment less what would change a tool's work without a trace in stoa.yml.
  private static var parentEnvironment: [String] {
    var variables: [String] = []
    var next = environ
    while let variable = next.pointee {
      let text = String(cString: variable)
      if !text.hasPrefix("PAGEFIND_") { variables.append(text) }
      next += 1
    }
    return variables
  }

  private static func withCStrings<Result>(
    _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
  ) -> Result {
    let copies = texts.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    return body(copies + [nil])
  }
}
