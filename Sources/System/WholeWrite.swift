import StoaPlatform

/// Writes all bytes, even if a call writes only a part of them or is interrupted.
package enum WholeWrite {
  /// Writes bytes into a file from an offset on.
  ///
  /// - Returns: the error number of a failed write; nil when all is written.
  package static func write(_ bytes: [UInt8], to file: Int32, at offset: Int = 0) -> Int32? {
    all(bytes) { start, count, done in pwrite(file, start, count, off_t(offset + done)) }
  }

  /// Passes bytes to a function that writes as many as it can.
  ///
  /// - Parameter take: gets the start of the remaining bytes, their number, and the number written before; returns what `write`
  ///   returns.
  /// - Returns: the error number of a failed write; nil when all is written.
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
