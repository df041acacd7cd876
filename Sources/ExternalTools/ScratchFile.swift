#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A file without a name, gone when it is let go of.
internal final class ScratchFile {
  internal let descriptor: Int32

  internal init() throws(ToolError) {
    var path = Array("\(ScratchFolder.parent)/stoa-tool-XXXXXX".utf8CString)
    descriptor = mkstemp(&path)
    guard descriptor >= 0 else {
      throw ToolError("no temporary file in \(ScratchFolder.parent)", errno: errno)
    }
    unlink(path)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  }

  deinit { close(descriptor) }

  /// Appends bytes, and goes back to the beginning for whoever reads them.
  internal func write(_ bytes: [UInt8]) throws(ToolError) {
    var written = 0
    var failure: Int32 = 0
    bytes.withUnsafeBytes { buffer in
      while written < buffer.count {
        let count = pwrite(
          descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written,
          off_t(written))
        if count >= 0 {
          written += count
        } else if errno != EINTR {
          failure = errno
          return
        }
      }
    }
    if failure != 0 { throw ToolError("no temporary file", errno: failure) }
  }

  /// Everything that was written, by whomever.
  internal func read() throws(ToolError) -> [UInt8] {
    let size = lseek(descriptor, 0, SEEK_END)
    guard size >= 0 else { throw ToolError("no temporary file", errno: errno) }
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: Int(size)) { buffer, count in
      while count < Int(size) {
        let got = pread(
          descriptor, buffer.baseAddress?.advanced(by: count), Int(size) - count, off_t(count))
        if got > 0 {
          count += got
        } else if got == 0 || errno != EINTR {
          failure = got == 0 ? EIO : errno
          return
        }
      }
    }
    if failure != 0 { throw ToolError("no temporary file", errno: failure) }
    return bytes
  }
}
