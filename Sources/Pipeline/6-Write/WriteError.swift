import StoaModel
import StoaPlatform
import StoaSystem

/// Why the site was not written; always with a path.
package struct WriteError: InputOutputFailure {
  package let path: String
  package let reason: String

  package var description: String { "\(path): \(reason)" }

  init(_ path: String, _ reason: String) {
    self.path = path
    self.reason = reason
  }

  /// The reason why a file was not read.
  init(_ path: String, _ refusal: FileReader.Refusal) {
    switch refusal {
    case .notRegular("a symbolic link"):
      self.init(path, "is a symbolic link, or its path has one")
    case .notRegular: self.init(path, "is not a file")
    case .wrongSize: self.init(path, "has another size")
    case .system(let code): self.init(path, errno: code)
    }
  }

  /// The system's last error.
  init(_ path: String, errno code: Int32 = errno) {
    self.path = path
    reason = String(cString: strerror(code))
  }
}
