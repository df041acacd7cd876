internal import StoaModel

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Texts in an unlinked file, for sources whose order is not that of conversations.
final class SpilledTexts {
  private let file: HeldFile
  private var size = 0

  init() throws {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/var/tmp"
    var template = Array("\(folder)/stoa-import-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw SourceError(folder, String(cString: strerror(errno))) }
    unlink(template)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    file = HeldFile(descriptor: descriptor)
  }

  func add(_ text: [UInt8]) throws -> StoredBytes {
    let start = size
    var written = 0
    while written < text.count {
      let count = text[written...].withUnsafeBytes { buffer in
        pwrite(file.descriptor, buffer.baseAddress, buffer.count, off_t(start + written))
      }
      guard count > 0 else {
        throw SourceError("a temporary file", String(cString: strerror(errno)))
      }
      written += count
    }
    size += text.count
    return .file(file, offset: start, count: text.count)
  }
}
