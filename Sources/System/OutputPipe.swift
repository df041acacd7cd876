import StoaPlatform

/// What a child writes, read as it comes.
package final class OutputPipe {
  private let end: Int32
  /// What the child is given; closed once it has started, or the end would never be seen.
  private var childEnd: Int32

  package init() throws(SystemError) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw SystemError("no pipe", errno: errno) }
    // Neither end is for other children that start meanwhile; what the child gets is a copy.
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    (end, childEnd) = (ends[0], ends[1])
  }

  deinit {
    close(end)
    if childEnd >= 0 { close(childEnd) }
  }

  /// Starts a child that has the other end.
  package func start(
    _ make: (ChildProcess.Stream) throws(SystemError) -> ChildProcess
  ) throws(SystemError) -> ChildProcess {
    defer {
      close(childEnd)
      childEnd = -1
    }
    return try make(.descriptor(childEnd))
  }

  /// Hands over everything up to the end, piece by piece.
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

  /// Everything up to the end; nil when that takes too long or is too much.
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
