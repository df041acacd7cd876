#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// An open file for a tool to read or write; without a name, it is gone when it is let go of.
internal final class ScratchFile {
  internal let descriptor: Int32

  /// Takes over an open descriptor.
  internal init(descriptor: Int32) {
    self.descriptor = descriptor
  }

  /// Makes a file without a name.
  internal init() throws(ToolError) {
    var path = Array("\(ScratchFolder.place)/stoa-tool-XXXXXX".utf8CString)
    descriptor = mkstemp(&path)
    guard descriptor >= 0 else {
      throw ToolError("no temporary file in \(ScratchFolder.place)", errno: errno)
    }
    unlink(path)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  }

  deinit { close(descriptor) }

  /// Writes all there is to say, for whoever reads it from the beginning.
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
