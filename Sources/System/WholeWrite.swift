import StoaPlatform

/// Writes all there is to say, however often the system takes only a part of it or is interrupted.
package enum WholeWrite {
  /// Writes bytes into a file from an offset on.
  ///
  /// - Returns: the number of the error that ended it; nil when all is written.
  package static func write(_ bytes: [UInt8], to file: Int32, at offset: Int = 0) -> Int32? {
    all(bytes) { start, count, done in pwrite(file, start, count, off_t(offset + done)) }
  }

  /// Hands bytes to a call that takes as many as it can.
  ///
  /// - Parameter take: gets where the rest begins, how long it is, and how much was taken before; returns what `write` does.
  /// - Returns: the number of the error that ended it; nil when all was taken.
  package static func all(
    _ bytes: [UInt8], take: (UnsafeRawPointer?, Int, Int) -> Int
  ) -> Int32? {
    bytes.withUnsafeBytes { buffer in
      var done = 0
      while done < buffer.count {
        let count = take(buffer.baseAddress?.advanced(by: done), buffer.count - done, done)
        if count >= 0 {
          done += count
        } else if errno != EINTR {
          return errno
        }
      }
      return nil
    }
  }
}
