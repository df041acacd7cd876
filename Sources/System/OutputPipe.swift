import StoaPlatform

/// The output of a child, read as it is written.
package final class OutputPipe {
  private let end: Int32
  /// The child's end of the pipe; closed once it has started, because otherwise this end would never see the end of the output.
  private var childEnd: Int32

  package init() throws(SystemError) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw SystemError("no pipe", errno: errno) }
    // Other children that start meanwhile must inherit neither end; the child gets a copy.
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    (end, childEnd) = (ends[0], ends[1])
  }

  deinit {
    close(end)
    if childEnd >= 0 { close(childEnd) }
  }

  /// Starts a child that writes to the other end.
  package func start(
    _ make: (ChildProcess.Stream) throws(SystemError) -> ChildProcess
  ) throws(SystemError) -> ChildProcess {
    defer {
      close(childEnd)
      childEnd = -1
    }
    return try make(.descriptor(childEnd))
  }

  /// Passes on all output, piece by piece.
  package func drain(_ take: (UnsafeRawBufferPointer) -> Void) {
    withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 1) { buffer in
      while true {
        let count = read(end, buffer.baseAddress, buffer.count)
        if count > 0 {
          take(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        } else if count == 0 || errno != EINTR {
          return
        }
      }
    }
  }

  /// All output; nil when it takes too long or is too large.
  package func read(seconds: Int, maximumSize: Int) -> [UInt8]? {
    let clock = ContinuousClock()
    let deadline = clock.now + .seconds(seconds)
    var output: [UInt8] = []
    return withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 1) { buffer in
      while clock.now < deadline, output.count <= maximumSize {
        var waiting = pollfd(fd: end, events: Int16(POLLIN), revents: 0)
        guard poll(&waiting, 1, 1_000) > 0 else { continue }
        let count = read(end, buffer.baseAddress, buffer.count)
        if count == 0 { return output }
        if count > 0 {
          output += buffer[..<count]
        } else if errno != EINTR {
          return nil
        }
      }
      return nil
    }
  }

  private func read(_ descriptor: Int32, _ start: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    StoaPlatform.read(descriptor, start, count)
  }
}
