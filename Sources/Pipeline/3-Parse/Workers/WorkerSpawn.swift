internal import StoaModel

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Why workers could not do their work: a matter of the machine, not of the content.
package struct WorkerError: InputOutputFailure {
  package let description: String

  init(_ description: String) {
    self.description = description
  }

  /// An error of the system, with its own words.
  init(_ what: String, errno: Int32) {
    description = "\(what): \(String(cString: strerror(errno)))"
  }
}

/// Starts a worker process with the descriptors that the contract names, and no others.
enum WorkerSpawn {
  /// `$TMPDIR`, else /var/tmp: /tmp may be memory.
  static var temporaryFolder: String {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? ""
    return folder.isEmpty ? "/var/tmp" : folder
  }

  /// An unlinked file in the temporary folder.
  static func temporaryFile() throws(WorkerError) -> Int32 {
    var path = Array("\(temporaryFolder)/stoa-parse-XXXXXX".utf8CString)
    let descriptor = mkstemp(&path)
    guard descriptor >= 0 else {
      let failure = errno
      throw WorkerError("\(temporaryFolder): no temporary file", errno: failure)
    }
    unlink(path)
    closeOnExec(descriptor)
    do throws(Transfer.Failure) {
      try WorkerProgress.prepare(descriptor)
    } catch {
      close(descriptor)
      throw WorkerError("\(temporaryFolder): no temporary file", errno: error.errno)
    }
    return descriptor
  }

  /// A socket for both directions, not a pipe for each, so that a worker's end is no signal to its parent.
  static func socketPair() throws(WorkerError) -> (parent: Int32, child: Int32) {
    var ends: [Int32] = [-1, -1]
    #if canImport(Darwin)
    let made = socketpair(AF_UNIX, SOCK_STREAM, 0, &ends)
    #else
    let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    let made = socketpair(AF_UNIX, kind, 0, &ends)
    #endif
    guard made == 0 else { throw WorkerError("no connection to a worker", errno: errno) }
    #if canImport(Darwin)
    var isOn: Int32 = 1
    for end in ends {
      closeOnExec(end)
      setsockopt(end, SOL_SOCKET, SO_NOSIGPIPE, &isOn, socklen_t(MemoryLayout<Int32>.size))
    }
    #endif
    return (ends[0], ends[1])
  }

  private static func closeOnExec(_ descriptor: Int32) {
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  }

  static func start(
    _ options: WorkerOptions, socket: Int32, bodies: Int32
  ) throws(WorkerError) -> pid_t {
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
    posix_spawn_file_actions_adddup2(&actions, socket, WorkerContract.conversation)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    // A killed worker's last words are not for the reader: the parent says which text it was.
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, bodies, WorkerContract.bodies)
    // A parent that blocks or ignores signals must not make its workers immortal.
    var none = sigset_t()
    var deadly = sigset_t()
    sigemptyset(&none)
    sigemptyset(&deadly)
    for signal in [SIGPROF, SIGPIPE, SIGTERM] { sigaddset(&deadly, signal) }
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &deadly)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    let arguments = [
      options.executable, parseWorkerArgument, "\(options.processorMilliseconds)",
      "\(options.memory)",
    ]
    var process = pid_t()
    let failure = withCStrings(arguments) { arguments in
      withCStrings(environment()) { environment in
        posix_spawn(&process, options.executable, &actions, &attributes, arguments, environment)
      }
    }
    guard failure == 0 else {
      throw WorkerError("cannot start \(options.executable)", errno: failure)
    }
    return process
  }

  /// The parent's environment, with Swift's backtraces off: a worker that dies of a text should die at once.
  private static func environment() -> [String] {
    var variables: [String] = []
    var next = environ
    while let variable = next.pointee {
      let text = String(cString: variable)
      if !text.hasPrefix("SWIFT_BACKTRACE=") { variables.append(text) }
      next += 1
    }
    return variables + ["SWIFT_BACKTRACE=enable=no"]
  }

  private static func withCStrings<Result>(
    _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
  ) -> Result {
    let copies = texts.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    return body(copies + [nil])
  }
}
