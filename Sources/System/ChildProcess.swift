import CSpawn
package import StoaPlatform

/// Another program that this one started.
package struct ChildProcess: Sendable {
  package let identifier: pid_t

  /// What a child gets as standard input, output or error.
  package enum Stream {
    case descriptor(Int32)
    /// Output is discarded, and input is empty.
    case nothing
  }

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - program: its absolute path.
  ///   - environment: each as `NAME=value`.
  ///   - streams: its descriptors from 0 on; it shares standard streams that are not given with this program, and no other
  ///     descriptor.
  ///   - ignoresInterrupts: whether Ctrl-C does not affect it, because this program will end it.
  package init(
    _ program: String, _ arguments: [String], environment: [String], streams: [Stream] = [],
    ignoresInterrupts: Bool = false
  ) throws(SystemError) {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    for (number, stream) in streams.enumerated() {
      switch stream {
      case .descriptor(let descriptor):
        posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
      case .nothing:
        posix_spawn_file_actions_addopen(&actions, Int32(number), "/dev/null", O_RDWR, 0)
      }
    }
    // Otherwise a recently accepted connection would stay open as long as the child lives.
    _ = spawn_close_from(&actions, Int32(max(streams.count, 3)))
    // A child inherits blocked and ignored signals, which could prevent its end.
    var none = sigset_t()
    var deadly = sigset_t()
    sigemptyset(&none)
    sigemptyset(&deadly)
    for signal in [SIGPIPE, SIGPROF, SIGTERM] { sigaddset(&deadly, signal) }
    if !ignoresInterrupts { sigaddset(&deadly, SIGINT) }
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &deadly)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var process = pid_t()
    let failure = Self.withCStrings([program] + arguments) { arguments in
      Self.withCStrings(environment) { environment in
        posix_spawn(&process, program, &actions, &attributes, arguments, environment)
      }
    }
    guard failure == 0 else { throw SystemError("cannot start \(program)", errno: failure) }
    identifier = process
  }

  /// Kills it.
  package func kill() {
    _ = StoaPlatform.kill(identifier, SIGKILL)
  }

  /// Waits for its end; the result is 0 when it succeeded.
  package func wait() throws(SystemError) -> Int32 {
    var status: Int32 = 0
    while waitpid(identifier, &status, 0) < 0 {
      guard errno == EINTR else { throw SystemError("cannot wait for a program", errno: errno) }
    }
    return status
  }

  /// The environment of this program, without variables with these prefixes.
  package static func environment(without prefixes: [String] = []) -> [String] {
    var variables: [String] = []
    var next = environ
    while let variable = next.pointee {
      let text = String(cString: variable)
      if !prefixes.contains(where: text.hasPrefix) { variables.append(text) }
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
