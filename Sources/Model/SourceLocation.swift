/// A place in a file of the community's repository.
///
/// `file` is relative to the folder of `stoa.yml`, with `/` between its parts. `line` and `column` count from 1, columns in
/// UTF-8 bytes; 0 means that the diagnostic speaks of the whole file.
package struct SourceLocation: Sendable, Hashable {
  package let file: String
  package let line: Int
  package let column: Int

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
