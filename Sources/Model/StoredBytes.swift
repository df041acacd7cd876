import StoaPlatform

/// Bytes in memory, or in a file that stays open as long as there is a reference to it.
///
/// A build of a large community keeps documents and bodies in unlinked files, so that its memory does not grow with them.
package enum StoredBytes: Sendable {
  case memory([UInt8])
  case file(HeldFile, offset: Int, count: Int)

  package var count: Int {
    switch self {
    case .memory(let bytes): bytes.count
    case .file(_, _, let count): count
    }
  }

  /// Reads the bytes; throws `ReadError` when the file is too short.
  package func load() throws -> [UInt8] {
    switch self {
    case .memory(let bytes): bytes
    case .file(let file, let offset, let count): try file.read(offset: offset, count: count)
    }
  }
}

/// An open file that is closed when its last reference is released.
package final class HeldFile: Sendable {
  package let descriptor: Int32

  /// Takes over an open descriptor.
  package init(descriptor: Int32) {
    self.descriptor = descriptor
  }

  deinit {
    close(descriptor)
  }

  /// In bytes; nil for anything but a regular file.
  package var size: Int? {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
  }

  package struct ReadError: Error {
    package let errno: Int32
  }

  /// Reads `count` bytes at `offset`, from any thread.
  package func read(offset: Int, count: Int) throws -> [UInt8] {
    guard count > 0 else { return [] }
    var failure: Int32?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      while initialized < count {
        let got = pread(
          descriptor, buffer.baseAddress?.advanced(by: initialized), count - initialized,
          off_t(offset + initialized))
        if got > 0 {
          initialized += got
        } else if got == 0 || errno != EINTR {
          failure = got == 0 ? EIO : errno
          return
        }
      }
    }
    if let failure { throw ReadError(errno: failure) }
    return bytes
  }
}
