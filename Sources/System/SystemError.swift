import StoaModel
import StoaPlatform

/// What the system refused, in its own words.
package struct SystemError: InputOutputFailure {
  /// What was asked of it, or the path it was about.
  package let what: String
  package let code: Int32

  package init(_ what: String, errno code: Int32) {
    self.what = what
    self.code = code
  }

  package var reason: String { String(cString: strerror(code)) }

  package var description: String { "\(what): \(reason)" }
}
