import StoaHTML

/// The pieces of an author's HTML in a document, to find the source of what the sanitiser leaves out of the page.
///
/// In a document that is parsed for its comments, the token of a piece has its number instead of a line.
struct HTMLPieces {
  private struct Piece {
    /// As cmark-gfm has it: without the marks of quotations and lists before its lines.
    let html: [UInt8]
    let place: SourceLines.Place
    /// The first line of the block that it is in.
    let blockLine: Int
    let isBlock: Bool
    /// Whether the sanitiser gets it: no tag is in a title or in the alternative text of an image.
    let isOnPage: Bool
  }

  private var pieces: [Piece] = []
  /// The offsets at which pieces within lines were found: two of them can have the same bytes.
  private var taken: Set<Int> = []

  /// Adds a piece; returns its number.
  mutating func add(
    _ html: UnsafeBufferPointer<UInt8>, at place: SourceLines.Place, blockLine: Int,
    isBlock: Bool, isOnPage: Bool
  ) -> Int {
    pieces.append(
      Piece(
        html: Array(html), place: place, blockLine: blockLine, isBlock: isBlock, isOnPage: isOnPage)
    )
    return pieces.count - 1
  }

  /// The ranges of the document that no page shows, in order; nil when one of them cannot be found.
  mutating func comments(
    in sanitized: SanitizedHTML, of source: inout SourceLines
  ) -> [Range<Int>]? {
    var hidden: [Int: [(from: Int, to: (number: Int, offset: Int))]] = [:]
    for range in sanitized.hidden {
      guard let start = Self.place(of: range.lowerBound, in: sanitized),
        let last = Self.place(of: range.upperBound - 1, in: sanitized)
      else { return nil }
      hidden[start.number, default: []].append((start.offset, (last.number, last.offset)))
    }
    for (number, piece) in pieces.enumerated()
    where !piece.isOnPage && piece.html.starts(with: "<!--".utf8) {
      hidden[number] = [(0, (number, piece.html.count - 1))]
    }
    let wanted = Set(hidden.keys).union(hidden.values.joined().map(\.to.number))
    var offsets: [Int: [Int]] = [:]
    for number in wanted.sorted() {
      guard pieces.indices.contains(number) else { return nil }
      offsets[number] =
        pieces[number].isBlock
        ? blockOffsets(of: pieces[number], in: &source)
        : inlineOffsets(of: pieces[number], in: &source)
      guard offsets[number] != nil else { return nil }
    }
    var ranges: [Range<Int>] = []
    for (number, ends) in hidden {
      for (from, to) in ends {
        guard let starts = offsets[number], let lasts = offsets[to.number], !starts.isEmpty,
          !lasts.isEmpty
        else { return nil }
        let start = starts[min(from, starts.count - 1)]
        let last = lasts[min(to.offset, lasts.count - 1)]
        // Footnotes are shown elsewhere than they are written.
        guard start <= last else { return nil }
        // A block's last line end is not its own, and the document's may be missing.
        var end = min(last + 1, source.bytes.count)
        while end > start, source.bytes[end - 1] == 0x0A { end -= 1 }
        ranges.append(start..<end)
      }
    }
    return ranges.sorted { $0.lowerBound < $1.lowerBound }
  }

  /// The piece that a place of the sanitiser's input is in, and its offset there.
  private static func place(
    of index: Int, in sanitized: SanitizedHTML
  ) -> (number: Int, offset: Int)? {
    var low = 0
    var high = sanitized.pieces.count
    while low < high {
      let middle = (low + high) / 2
      if sanitized.pieces[middle].start <= index { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return nil }
    let piece = sanitized.pieces[low - 1]
    return (piece.line, index - piece.start)
  }

  // MARK: Source

  /// For each byte that the sanitiser gets of a block, its offset in the document; nil when the lines are others.
  private func blockOffsets(of piece: Piece, in source: inout SourceLines) -> [Int]? {
    var offsets: [Int] = []
    var number = piece.place.line
    var rest = piece.html[...]
    while !rest.isEmpty {
      let end = rest.firstIndex(of: 0x0A) ?? rest.endIndex
      let line = rest[..<end]
      guard let start = source.start(of: number) else { return nil }
      let written = source.line(number)
      // What cmark-gfm kept of a tab is spaces.
      let words = Self.hasSuffix(written, line) ? line : line.drop { $0 == 0x20 }
      guard Self.hasSuffix(written, words) else { return nil }
      let first = start + written.count - words.count
      for _ in line.startIndex..<words.startIndex { offsets.append(first) }
      for (index, byte) in words.enumerated() { Self.add(first + index, of: byte, to: &offsets) }
      if end < rest.endIndex { offsets.append(start + written.count) }
      rest = rest[min(end + 1, rest.endIndex)...]
      number += 1
    }
    return offsets
  }

  private static func hasSuffix(_ line: ArraySlice<UInt8>, _ end: ArraySlice<UInt8>) -> Bool {
    line.suffix(end.count).elementsEqual(end)
  }

  /// Adds the offset of a byte, as often as the sanitiser has a byte for it.
  private static func add(_ offset: Int, of byte: UInt8, to offsets: inout [Int]) {
    for _ in 0..<(ControlBytes.isForbidden(byte) ? 3 : 1) { offsets.append(offset) }
  }

  /// The same for a piece within lines: at the place that cmark-gfm gives, or at the next that has its bytes.
  private mutating func inlineOffsets(of piece: Piece, in source: inout SourceLines) -> [Int]? {
    let hint = source.start(of: piece.place.line).map { $0 + piece.place.column - 1 }
    if let hint, let offsets = offsets(of: piece, from: hint, in: source.bytes) { return offsets }
    var index = source.start(of: piece.blockLine) ?? 0
    while let next = source.bytes[index...].firstIndex(of: UInt8(ascii: "<")) {
      if let offsets = offsets(of: piece, from: next, in: source.bytes) { return offsets }
      index = next + 1
    }
    return nil
  }

  private mutating func offsets(of piece: Piece, from start: Int, in bytes: [UInt8]) -> [Int]? {
    guard !taken.contains(start) else { return nil }
    var offsets: [Int] = []
    var place = start
    for (index, byte) in piece.html.enumerated() {
      // A bar in a table's cell is written with a backslash.
      if byte == UInt8(ascii: "|"), place + 1 < bytes.count, bytes[place] == UInt8(ascii: "\\"),
        bytes[place + 1] == byte
      {
        place += 1
      }
      guard place < bytes.count, bytes[place] == byte else { return nil }
      Self.add(place, of: byte, to: &offsets)
      place += 1
      guard byte == 0x0A else { continue }
      // The line goes on behind the marks of quotations; its own text may begin with such signs.
      let marks = bytes[place...].prefix(while: Self.isMark).count
      place += max(marks - piece.html[(index + 1)...].prefix(while: Self.isMark).count, 0)
    }
    taken.insert(start)
    return offsets
  }

  private static func isMark(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == UInt8(ascii: ">")
  }
}
