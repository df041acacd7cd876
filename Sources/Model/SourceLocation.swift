/// A place in a file of the community's repository.
///
/// `file` is relative to the folder of `stoa.yml`, with `/` between its parts. `line` and `column` count from 1, columns in
/// UTF-8 bytes; 0 means that the diagnostic speaks of the whole file.
public struct SourceLocation: Sendable, Hashable {
  /// The path of the file below the folder of `stoa.yml`.
  public let file: String
  /// The line, from 1; 0 for the whole file.
  public let line: Int
  /// The column in UTF-8 bytes, from 1; 0 for the whole file.
  public let column: Int

  package init(file: String, line: Int = 0, column: Int = 0) {
    self.file = file
    self.line = line
    self.column = column
  }
}

/// A value of front matter, together with where it was written.
package struct Located<Value: Sendable>: Sendable {
  package let value: Value
  package let location: SourceLocation

  package init(_ value: Value, at location: SourceLocation) {
    self.value = value
    self.location = location
  }
}

extension Located: Equatable where Value: Equatable {}
extension Located: Hashable where Value: Hashable {}
