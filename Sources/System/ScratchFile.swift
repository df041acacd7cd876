package import StoaModel
import StoaPlatform

/// A file without a name, which the system removes when this object is deinitialised.
package final class ScratchFile: Sendable {
  /// For reading; it keeps the file alive.
  package let file: HeldFile

  package var descriptor: Int32 { file.descriptor }

  package init() throws(SystemError) {
    var path = Array("\(ScratchFolder.place)/stoa-XXXXXX".utf8CString)
    let descriptor = mkstemp(&path)
    guard descriptor >= 0 else {
      throw SystemError("\(ScratchFolder.place): no temporary file", errno: errno)
    }
    unlink(path)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    file = HeldFile(descriptor: descriptor)
  }

  /// Writes bytes at an offset.
  package func write(_ bytes: [UInt8], at offset: Int = 0) throws(SystemError) {
    if let failure = WholeWrite.write(bytes, to: descriptor, at: offset) {
      throw SystemError("\(ScratchFolder.place): a temporary file", errno: failure)
    }
  }

  /// Everything that was written, by any process.
  package func read() throws(SystemError) -> [UInt8] {
    try file.whole("a temporary file in \(ScratchFolder.place)")
  }
}

extension HeldFile {
  /// All its bytes; errors name the content by `what`.
  func whole(_ what: String) throws(SystemError) -> [UInt8] {
    guard let size else { throw SystemError(what, errno: EINVAL) }
    do {
      return try read(offset: 0, count: size)
    } catch {
      throw SystemError(what, errno: (error as? ReadError)?.errno ?? EIO)
    }
  }
}
