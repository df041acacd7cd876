package import StoaModel

/// Converts columns from bytes, which Stoa counts, to the unit of another format.
package struct SourceColumns {
  private let read: (String) -> [UInt8]?
  private var file: String?
  private var lines: [ArraySlice<UInt8>] = []

  /// - Parameter read: the bytes of a file by its path below the folder of stoa.yml; nil when it cannot be read.
  package init(read: @escaping (String) -> [UInt8]?) {
    self.read = read
  }

  /// The place in Unicode code points, from 1; a column is not changed if its file cannot be read.
  ///
  /// Diagnostics are sorted by file, so only one file is cached.
  package mutating func column(of location: SourceLocation) -> Int {
    if file != location.file {
      file = location.file
      lines = (read(location.file) ?? []).split(
        separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    }
    guard location.line > 0, location.line <= lines.count else { return max(location.column, 1) }
    let line = lines[location.line - 1]
    let before = line.prefix(max(location.column - 1, 0))
    return before.count { $0 & 0xC0 != 0x80 } + 1
  }
}
