import StoaModel

/// The reason why a source cannot be imported, with its place.
public struct ImportFailure: Error, CustomStringConvertible {
  /// The path of the source, or of a file below it.
  public let file: String
  /// The line, from 1; 0 when the failure is about the whole file.
  public let line: Int
  /// The column, from 1; 0 when the failure is about the whole file.
  public let column: Int
  /// The error.
  public let reason: String

  init(_ file: String, line: Int = 0, column: Int = 0, _ reason: String) {
    self.file = file
    self.line = line
    self.column = column
    self.reason = reason
  }

  /// The failure as one line, with its place.
  public var description: String {
    line > 0 ? "\(file):\(line):\(max(column, 1)): error: \(reason)" : "\(file): error: \(reason)"
  }
}

/// A source that the system cannot read.
package struct SourceError: InputOutputFailure {
  package let description: String

  init(_ path: String, _ reason: String) {
    description = "\(path): \(reason)"
  }
}
