import StoaHTML

/// The lines of a document, to find the source of something in it.
struct SourceLines {
  /// A line and a column of the document, both from 1, the column in bytes.
  struct Place {
    var line: Int
    var column: Int
  }

  /// The maximum error of cmark-gfm's columns.
  private static let reach = 512

  let bytes: [UInt8]
  /// The offset at which each line begins; computed on first use.
  private lazy var starts: [Int] = {
    var starts = [0]
    bytes.withUnsafeBufferPointer { bytes in
      var start = 0
      while let end = bytes.firstIndex(of: 0x0A, from: start) {
        start = end + 1
        starts.append(start)
      }
    }
    return starts
  }()

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The number of lines.
  var count: Int { mutating get { starts.count } }

  /// The offset at which a line begins; nil when there is no such line.
  mutating func start(of number: Int) -> Int? {
    number >= 1 && number <= starts.count ? starts[number - 1] : nil
  }

  /// The bytes of a line without its line end; empty when there is no such line.
  mutating func line(_ number: Int) -> ArraySlice<UInt8> {
    guard number >= 1, number <= starts.count else { return [] }
    let end = number < starts.count ? starts[number] - 1 : bytes.count
    return bytes[starts[number - 1]..<max(end, starts[number - 1])]
  }

  /// The line and column of an offset.
  mutating func place(at offset: Int) -> Place {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return Place(line: low + 1, column: offset - starts[low] + 1)
  }

  /// The lines that may be the delimiter row of a table, with the number of their cells; computed on first use.
  lazy var delimiterLines: [(line: Int, cells: Int)] = {
    (1...starts.count).compactMap { number in
      TableLine.delimiters(in: TableLine.content(of: line(number))).map { (number, $0) }
    }
  }()

  /// Whether a place has an unescaped backslash before it.
  mutating func hasBackslash(before place: Place) -> Bool {
    let line = line(place.line)
    let end = min(line.startIndex + max(place.column - 1, 0), line.endIndex)
    return line[..<end].reversed().prefix { $0 == UInt8(ascii: "\\") }.count % 2 == 1
  }

  /// The place of `words` in a line that is nearest to cmark-gfm's column; that column when the line does not have them.
  mutating func place(of words: some Collection<UInt8>, near place: Place) -> Place {
    let line = line(place.line)
    guard let first = words.first, line.count >= words.count else { return place }
    let wanted = line.startIndex + max(place.column - 1, 0)
    // Most columns are exact.
    if wanted <= line.endIndex, line[wanted...].starts(with: words) {
      return Place(line: place.line, column: wanted - line.startIndex + 1)
    }
    var best: Int?
    // A window, so that a long line full of links is not searched completely for each of them.
    var index = max(line.startIndex, wanted - Self.reach)
    while index + words.count <= line.endIndex, index <= wanted + Self.reach {
      if line[index] == first, line[index...].starts(with: words) {
        if let found = best, abs(found - wanted) <= abs(index - wanted) { break }
        best = index
      }
      index += 1
    }
    return best.map { Place(line: place.line, column: $0 - line.startIndex + 1) } ?? place
  }
}
