/// Why a file of another tool cannot be read, with its place; lines and columns count from 1, columns in bytes.
package struct SourceProblem: Error {
  package let line: Int
  package let column: Int
  package let message: String

  package init(line: Int, column: Int, message: String) {
    self.line = line
    self.column = column
    self.message = message
  }
}

extension SourceProblem {
  /// A problem at a place in the bytes of a file.
  package init(_ message: String, at place: Int, in bytes: ArraySlice<UInt8>) {
    let before = bytes[..<min(place, bytes.endIndex)]
    self.init(
      line: before.count { $0 == 0x0A } + 1,
      column: before.reversed().prefix { $0 != 0x0A }.count + 1, message: message)
  }
}
