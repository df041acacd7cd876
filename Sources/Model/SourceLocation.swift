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
  /// How many UTF-8 bytes of the line are meant; 0 where only the beginning is known.
  public let length: Int

  package init(file: String, line: Int = 0, column: Int = 0, length: Int = 0) {
    self.file = file
    self.line = line
    self.column = column
    self.length = length
  }

  /// The column behind the last byte that is meant; nil where only the beginning is known.
  public var endColumn: Int? { line > 0 && length > 0 ? max(column, 1) + length : nil }

  /// Whether two locations begin at the same place.
  public static func == (left: SourceLocation, right: SourceLocation) -> Bool {
    left.line == right.line && left.column == right.column && left.file == right.file
  }

  /// Hashes where the location begins.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(file)
    hasher.combine(line)
    hasher.combine(column)
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
