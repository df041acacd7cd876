import StoaModel
import StoaPlatform
import StoaSystem

/// An output error of the system, with the path.
package struct AuthoringError: InputOutputFailure {
  package let path: String
  package let code: Int32

  package var description: String { "\(path): \(String(cString: strerror(code)))" }
}

/// Creates new files, and never changes an existing one.
enum NewFile {
  /// Creates a file and its parent folders.
  ///
  /// - Returns: False when the file exists, even if another process created it a moment ago.
  static func create(
    _ path: String, _ bytes: [UInt8], isExecutable: Bool = false
  ) throws(AuthoringError) -> Bool {
    try makeFolders(above: path)
    let mode: mode_t = isExecutable ? 0o755 : 0o644
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
    guard descriptor >= 0 else {
      if errno == EEXIST { return false }
      throw AuthoringError(path: path, code: errno)
    }
    var failure = WholeWrite.write(bytes, to: descriptor)
    if close(descriptor) != 0, failure == nil { failure = errno }
    if let failure {
      unlink(path)
      throw AuthoringError(path: path, code: failure)
    }
    return true
  }

  static func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  private static func makeFolders(above path: String) throws(AuthoringError) {
    var folder = ""
    for part in path.split(separator: "/").dropLast() {
      folder += "/\(part)"
      guard mkdir(folder, 0o755) != 0, errno != EEXIST else { continue }
      // A parent folder may exist and not be writable.
      let failure = errno
      var status = stat()
      guard stat(folder, &status) == 0 else { throw AuthoringError(path: folder, code: failure) }
    }
  }
}
