import StoaModel
import StoaPlatform

/// An error of the system, with its message.
package struct SystemError: InputOutputFailure {
  /// The operation, or the path.
  package let what: String
  package let code: Int32

  package init(_ what: String, errno code: Int32) {
    self.what = what
    self.code = code
  }

  package var reason: String { String(cString: strerror(code)) }

  package var description: String { "\(what): \(reason)" }
}
