import StoaPlatform
import StoaSystem

/// Complete reads and writes on descriptors.
enum Transfer {
  struct Failure: Error {
    let errno: Int32
  }

  /// Sends bytes through a socket; a closed peer is a failure, not a signal.
  static func send(_ bytes: [UInt8], to socket: Int32) throws(Failure) {
    let flags = Int32(MSG_NOSIGNAL)
    let failure = WholeWrite.all(bytes) { start, count, _ in
      StoaPlatform.send(socket, start, count, flags)
    }
    if let failure { throw Failure(errno: failure) }
  }

  /// Writes bytes into a file from an offset on.
  static func write(_ bytes: [UInt8], to file: Int32, at offset: Int) throws(Failure) {
    if let failure = WholeWrite.write(bytes, to: file, at: offset) { throw Failure(errno: failure) }
  }

  /// The payload of the next frame; nil when the peer has closed the connection before a frame began.
  static func receiveFrame(from socket: Int32) throws(Failure) -> [UInt8]? {
    let header = try receive(FrameWriter.headerCount, from: socket)
    if header.isEmpty { return nil }
    guard header.count == FrameWriter.headerCount else { throw Failure(errno: EPIPE) }
    let count = FrameReader.payloadCount(header)
    let payload = try receive(count, from: socket)
    guard payload.count == count else { throw Failure(errno: EPIPE) }
    return payload
  }

  /// Reads up to `count` bytes; fewer only at the end of the connection.
  private static func receive(_ count: Int, from socket: Int32) throws(Failure) -> [UInt8] {
    var failure: Failure?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      while initialized < count {
        let got = read(socket, buffer.baseAddress?.advanced(by: initialized), count - initialized)
        if got == 0 { return }
        if got > 0 {
          initialized += got
        } else if errno != EINTR {
          failure = Failure(errno: errno)
          return
        }
      }
    }
    if let failure { throw failure }
    return bytes
  }
}
