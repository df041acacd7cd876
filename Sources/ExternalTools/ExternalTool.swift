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

  package init(path: String, leadingArguments: [String] = []) {
    self.path = path
    self.leadingArguments = leadingArguments
  }

  /// What a tool said before it ended.
  package struct Outcome: Sendable {
    package let output: [UInt8]
    package let complaints: [UInt8]
    package let succeeded: Bool
  }

  /// Runs the tool and waits for its end.
  ///
  /// Input and output are unlinked files, so that neither side ever waits for the other to read.
  package func run(_ arguments: [String], input: [UInt8] = []) throws(ToolError) -> Outcome {
    let source = try ScratchFile()
    try source.write(input)
    let output = try ScratchFile()
    let complaints = try ScratchFile()
    let process = try start(
      arguments, descriptors: [source.descriptor, output.descriptor, complaints.descriptor])
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 {
      guard errno == EINTR else { throw ToolError("cannot wait for \(path)", errno: errno) }
    }
    return Outcome(
      output: try output.read(), complaints: try complaints.read(), succeeded: status == 0)
  }

  private func start(_ arguments: [String], descriptors: [Int32]) throws(ToolError) -> pid_t {
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
    let failure = Self.withCStrings([path] + leadingArguments + arguments) { arguments in
      posix_spawn(&process, path, &actions, &attributes, arguments, environ)
    }
    guard failure == 0 else { throw ToolError("cannot start \(path)", errno: failure) }
    return process
  }

  private static func withCStrings<Result>(
    _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
  ) -> Result {
    let copies = texts.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    return body(copies + [nil])
  }
}
