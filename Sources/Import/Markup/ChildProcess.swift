#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Runs a converter with nothing to read, and gives back what it writes.
enum ChildProcess {
  /// More output than this is no conversion.
  private static let maximumOutput = 256 << 20

  /// - Parameters:
  ///   - arguments: the program, found in `PATH`, and what it is told.
  ///   - seconds: how long it may take before it is killed.
  /// - Returns: nil when it failed or was killed. Throws `Pandoc.Failure.missing` when there is no such program.
  static func output(_ arguments: [String], seconds: Int) throws -> [UInt8]? {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw SourceError("pipe", String(cString: strerror(errno))) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[0]) }
    let process: pid_t
    do {
      defer { close(ends[1]) }
      process = try start(arguments, output: ends[1])
    }
    let output = read(ends[0], seconds: seconds)
    if output == nil { kill(process, SIGKILL) }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return status == 0 ? output : nil
  }

  private static func start(_ arguments: [String], output: Int32) throws -> pid_t {
    #if canImport(Darwin)
    var actions: posix_spawn_file_actions_t?
    #else
    var actions = posix_spawn_file_actions_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    let copies = arguments.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    var process = pid_t()
    let failure = posix_spawnp(&process, arguments[0], &actions, nil, copies + [nil], environ)
    guard failure == 0 else {
      if failure == ENOENT || failure == EACCES { throw Pandoc.Failure.missing }
      throw SourceError(arguments[0], String(cString: strerror(failure)))
    }
    return process
  }

  /// Everything up to the end; nil when that takes too long or is too much.
  private static func read(_ descriptor: Int32, seconds: Int) -> [UInt8]? {
    let clock = ContinuousClock()
    let end = clock.now + .seconds(seconds)
    var output: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while clock.now < end {
      var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let ready = poll(&waiting, 1, 1_000)
      guard ready > 0 else { continue }
      let count = piece.withUnsafeMutableBytes { readPiece(descriptor, $0) }
      if count == 0 { return output }
      guard count > 0 else {
        if errno == EINTR { continue }
        return nil
      }
      output += piece[..<count]
      if output.count > maximumOutput { return nil }
    }
    return nil
  }

  private static func readPiece(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int
  {
    #if canImport(Glibc)
    Glibc.read(descriptor, buffer.baseAddress, buffer.count)
    #elseif canImport(Musl)
    Musl.read(descriptor, buffer.baseAddress, buffer.count)
    #else
    Darwin.read(descriptor, buffer.baseAddress, buffer.count)
    #endif
  }
}
