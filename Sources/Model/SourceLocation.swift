/// A place in a file of the community's repository.
///
/// `file` is relative to the folder of `stoa.yml`, with `/` between its parts. `line` and `column` count from 1, columns in UTF-8
/// bytes; 0 stands for the whole file.
public struct SourceLocation: Sendable, Hashable {
  /// The path of the file below the folder of `stoa.yml`.
  public let file: String
  /// The line, from 1; 0 for the whole file.
  public let line: Int
  /// The column in UTF-8 bytes, from 1; 0 for the whole file.
  public let column: Int
  /// The length of the place in UTF-8 bytes of the line; 0 where only the beginning is known.
  public let length: Int

  package init(file: String, line: Int = 0, column: Int = 0, length: Int = 0) {
    self.file = file
    self.line = line
    self.column = column
    self.length = length
  }

  /// The place as one line of a terminal, whatever the file is called: `content/posts/a.md:12:5`.
  package var shown: String {
    file.printable + (line > 0 ? ":\(line):\(max(column, 1))" : "")
  }

  /// The column after the last byte of the place; nil where only the beginning is known.
  public var endColumn: Int? { line > 0 && length > 0 ? max(column, 1) + length : nil }

  /// Whether two locations begin at the same place.
  public static func == (left: SourceLocation, right: SourceLocation) -> Bool {
    left.line == right.line && left.column == right.column && left.file == right.file
  }

  /// Hashes the beginning of the location.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(file)
    hasher.combine(line)
    hasher.combine(column)
  }
}

/// A value of front matter, with its place in the file.
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
