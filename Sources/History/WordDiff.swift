import StoaModel

/// Compares two versions of a document word by word, ignoring white space.
///
/// The words that readers see are compared; where these are the same, as when only a link's target changed, the markdown is.
///
/// A word is a run without white space; in scripts without spaces, every character is a word. Myers's algorithm ("An O(ND)
/// Difference Algorithm and Its Variations", 1986) finds the shortest edit script, up to a number of steps; versions that have less
/// in common are shown as one deletion and one insertion.
enum WordDiff {
  /// How many words around a change are shown.
  private static let context = 8
  /// How many bytes around a change are searched for them.
  private static let reach = 512
  /// How many words may differ before two versions count as entirely different.
  private static let maximumSteps = 400
  /// How many inserted or deleted words are shown in one place.
  private static let maximumRun = 400
  private static let maximumWords = 1 << 17

  /// The pieces of the change; none when only white space differs.
  static func pieces(from old: ArraySlice<UInt8>, to new: ArraySlice<UInt8>) -> [WordPiece] {
    let same = sameEnds(old, new)
    guard same.start < old.count || same.start < new.count else { return [] }
    let (before, after) = (Piece(old, within: same), Piece(new, within: same))
    guard !before.hasWords(of: after) else { return [] }
    let (visibleBefore, visibleAfter) = (before.visible, after.visible)
    return visibleBefore.hasWords(of: visibleAfter)
      ? pieces(from: before, to: after) : pieces(from: visibleBefore, to: visibleAfter)
  }

  private static func pieces(from before: Piece, to after: Piece) -> [WordPiece] {
    let (old, new) = (before.text, after.text)
    var writer = Writer()
    writer.startsWithin = before.startsWithin
    for step in steps(before.words.map { old[$0.range] }, after.words.map { new[$0.range] }) {
      switch step {
      case .kept(let index): writer.add(.kept, after.words[index], of: new)
      case .inserted(let index): writer.add(.inserted, after.words[index], of: new)
      case .deleted(let index): writer.add(.deleted, before.words[index], of: old)
      }
    }
    return writer.finish(endsWithin: before.endsWithin)
  }

  /// The lengths in bytes of the common prefix, and of the common suffix after it.
  private static func sameEnds(
    _ old: ArraySlice<UInt8>, _ new: ArraySlice<UInt8>
  ) -> (start: Int, end: Int) {
    old.withUnsafeBufferPointer { old in
      new.withUnsafeBufferPointer { new in
        let count = min(old.count, new.count)
        var start = 0
        while start < count, old[start] == new[start] { start += 1 }
        var end = 0
        while end < count - start, old[old.count - 1 - end] == new[new.count - 1 - end] { end += 1 }
        return (start, end)
      }
    }
  }

  private struct Word {
    let range: Range<Int>
    let hasSpaceBefore: Bool
  }

  /// The part of a version that is around the place in which the two differ.
  private struct Piece {
    let text: ArraySlice<UInt8>
    let words: [Word]
    let startsWithin: Bool
    let endsWithin: Bool
    private let isLineStart: Bool

    private init(_ text: ArraySlice<UInt8>, like other: Piece) {
      self.text = text
      words = WordDiff.words(in: text)
      (startsWithin, endsWithin) = (other.startsWithin, other.endsWithin)
      isLineStart = other.isLineStart
    }

    init(_ whole: ArraySlice<UInt8>, within same: (start: Int, end: Int)) {
      var start = whole.startIndex + max(same.start - reach, 0)
      while start > whole.startIndex, !isSpace(whole[start]) { start -= 1 }
      var end = whole.endIndex - max(same.end - reach, 0)
      while end < whole.endIndex, !isSpace(whole[end]) { end += 1 }
      text = whole[start..<end]
      words = WordDiff.words(in: text)
      startsWithin = start > whole.startIndex
      endsWithin = end < whole.endIndex
      isLineStart = !startsWithin
    }

    /// The same as readers see it.
    var visible: Piece {
      Piece(VisibleWords.bytes(of: text, isLineStart: isLineStart)[...], like: self)
    }

    func hasWords(of other: Piece) -> Bool {
      words.elementsEqual(other.words) { text[$0.range] == other.text[$1.range] }
    }
  }

  private static func words(in text: ArraySlice<UInt8>) -> [Word] {
    var words: [Word] = []
    var index = text.startIndex
    var hasSpace = false
    while index < text.endIndex, words.count < maximumWords {
      if isSpace(text[index]) {
        hasSpace = true
        index += 1
        continue
      }
      let start = index
      if text[index] >= 0xE3 {
        index += 1
        while index < text.endIndex, text[index] & 0xC0 == 0x80 { index += 1 }
      } else {
        while index < text.endIndex, !isSpace(text[index]), text[index] < 0xE3 { index += 1 }
      }
      words.append(Word(range: start..<index, hasSpaceBefore: hasSpace))
      hasSpace = false
    }
    return words
  }

  /// Without control characters and noncharacters, which are not allowed in a page.
  private static func clean(_ text: String) -> String {
    let isBad: (Unicode.Scalar) -> Bool = { scalar in
      scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
        || scalar.properties.isNoncharacterCodePoint
    }
    guard text.unicodeScalars.contains(where: isBad) else { return text }
    var cleaned = ""
    for scalar in text.unicodeScalars {
      cleaned.unicodeScalars.append(isBad(scalar) ? "\u{FFFD}" : scalar)
    }
    return cleaned
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte >= 0x09 && byte <= 0x0D
  }

  // MARK: The shortest edit script

  private enum Step {
    /// An index among the new words.
    case kept(Int)
    /// An index among the new words.
    case inserted(Int)
    /// An index among the old words.
    case deleted(Int)
  }

  private static func steps(_ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>]) -> [Step] {
    var start = 0
    while start < old.count, start < new.count, old[start] == new[start] { start += 1 }
    var end = 0
    while end < min(old.count, new.count) - start,
      old[old.count - 1 - end] == new[new.count - 1 - end]
    {
      end += 1
    }
    let oldRange = start..<old.count - end
    let newRange = start..<new.count - end
    let middle =
      shortest(old, oldRange, new, newRange)
      ?? oldRange.map { .deleted($0) } + newRange.map { .inserted($0) }
    return (0..<start).map { .kept($0) } + middle
      + (newRange.upperBound..<new.count).map { .kept($0) }
  }

  /// The shortest edit script between two ranges; nil when it is too long.
  private static func shortest(
    _ old: [ArraySlice<UInt8>], _ oldRange: Range<Int>, _ new: [ArraySlice<UInt8>],
    _ newRange: Range<Int>
  ) -> [Step]? {
    let (oldCount, newCount) = (oldRange.count, newRange.count)
    let limit = min(oldCount + newCount, maximumSteps)
    let middle = limit + 1
    // The farthest old word that was reached on each diagonal, for each number of steps.
    var farthest = [Int](repeating: 0, count: 2 * limit + 3)
    var trace: [[Int]] = []
    for step in 0...limit {
      trace.append(Array(farthest[(middle - step)...(middle + step)]))
      for diagonal in stride(from: -step, through: step, by: 2) {
        let goesDown =
          diagonal == -step
          || diagonal != step && farthest[middle + diagonal - 1] < farthest[middle + diagonal + 1]
        var x = goesDown ? farthest[middle + diagonal + 1] : farthest[middle + diagonal - 1] + 1
        var y = x - diagonal
        while x < oldCount, y < newCount,
          old[oldRange.lowerBound + x] == new[newRange.lowerBound + y]
        {
          x += 1
          y += 1
        }
        farthest[middle + diagonal] = x
        if x >= oldCount, y >= newCount {
          return way(back: trace, from: (x, y), starts: (oldRange.lowerBound, newRange.lowerBound))
        }
      }
    }
    return nil
  }

  private static func way(
    back trace: [[Int]], from end: (Int, Int), starts: (old: Int, new: Int)
  ) -> [Step] {
    var (x, y) = end
    var steps: [Step] = []
    for step in trace.indices.reversed() {
      let farthest = trace[step]
      let diagonal = x - y
      // The farthest word before this step, on the diagonals from -step to step.
      func reached(_ diagonal: Int) -> Int {
        let index = diagonal + step
        return farthest.indices.contains(index) ? farthest[index] : 0
      }
      let goesDown =
        diagonal == -step || diagonal != step && reached(diagonal - 1) < reached(diagonal + 1)
      let before = goesDown ? diagonal + 1 : diagonal - 1
      let startX = step == 0 ? 0 : reached(before)
      let afterEdit = step == 0 || goesDown ? startX : startX + 1
      while x > afterEdit {
        x -= 1
        y -= 1
        steps.append(.kept(starts.new + y))
      }
      guard step > 0 else { break }
      if goesDown {
        y -= 1
        steps.append(.inserted(starts.new + y))
      } else {
        x -= 1
        steps.append(.deleted(starts.old + x))
      }
    }
    return steps.reversed()
  }

  // MARK: Pieces

  /// Joins words into pieces, and omits those that are far from any change.
  private struct Writer {
    var startsWithin = false
    private var pieces: [WordPiece] = []
    private var kind = WordPiece.Kind.kept
    private var run: [String] = []

    mutating func add(_ kind: WordPiece.Kind, _ word: Word, of text: ArraySlice<UInt8>) {
      if kind != self.kind {
        flush(isLast: false)
        self.kind = kind
      }
      run.append(
        (word.hasSpaceBefore ? " " : "") + String(decoding: text[word.range], as: UTF8.self))
    }

    private mutating func flush(isLast: Bool) {
      guard !run.isEmpty else { return }
      defer { run = [] }
      guard kind == .kept else {
        put(kind, run.prefix(maximumRun))
        if run.count > maximumRun { pieces.append(WordPiece(.gap, "")) }
        return
      }
      let isFirst = pieces.isEmpty
      let after = isFirst ? 0 : context
      let before = isLast ? 0 : context
      if run.count <= after + before, !(isFirst && startsWithin) {
        put(.kept, run[...])
        return
      }
      put(.kept, run.prefix(after))
      if !isLast || run.count > after { pieces.append(WordPiece(.gap, "")) }
      put(.kept, run.suffix(min(before, run.count - min(after, run.count))))
    }

    private mutating func put(_ kind: WordPiece.Kind, _ words: ArraySlice<String>) {
      var text = WordDiff.clean(words.joined())
      if kind != .kept, text.first == " " {
        // Underlines and strike-through lines cover words, not the space before them.
        text.removeFirst()
        pieces.append(WordPiece(.kept, " "))
      }
      if !text.isEmpty { pieces.append(WordPiece(kind, text)) }
    }

    mutating func finish(endsWithin: Bool) -> [WordPiece] {
      flush(isLast: true)
      if endsWithin, pieces.last?.kind != .gap { pieces.append(WordPiece(.gap, "")) }
      return pieces
    }
  }
}
