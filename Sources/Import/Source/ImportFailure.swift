internal import StoaModel

/// Why a source cannot be imported: always with the place it is about.
package struct ImportFailure: Error, CustomStringConvertible {
  /// The path as it was given, or a file below it.
  package let file: String
  /// From 1; 0 when the failure is about the whole file.
  package let line: Int
  package let column: Int
  package let reason: String

  init(_ file: String, line: Int = 0, column: Int = 0, _ reason: String) {
    self.file = file
    self.line = line
    self.column = column
    self.reason = reason
  }

  package var description: String {
    line > 0 ? "\(file):\(line):\(max(column, 1)): error: \(reason)" : "\(file): error: \(reason)"
  }
}

/// The system's refusal to read a source.
package struct SourceError: InputOutputFailure {
  package let description: String

  init(_ path: String, _ reason: String) {
    description = "\(path): \(reason)"
  }
}
