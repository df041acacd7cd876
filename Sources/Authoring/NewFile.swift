import StoaModel
import StoaPlatform
import StoaSystem

/// Output that the system refused, with the path it was about.
package struct AuthoringError: InputOutputFailure {
  package let path: String
  package let code: Int32

  package var description: String { "\(path): \(String(cString: strerror(code)))" }
}

/// Makes files that were not there before, and never touches one that was.
enum NewFile {
  /// Makes a file with the folders above it.
  ///
  /// - Returns: False when there is a file of that name already, even if it appeared a moment ago.
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
      // A folder above may be there and not be writable.
      let failure = errno
      var status = stat()
      guard stat(folder, &status) == 0 else { throw AuthoringError(path: folder, code: failure) }
    }
  }
}
