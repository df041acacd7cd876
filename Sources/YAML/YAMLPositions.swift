/// Converts libyaml's positions, which count characters, into lines and byte columns.
///
/// The lines are those of editors: libyaml has more, since it also treats a lone carriage return and three characters beyond ASCII
/// as line ends. Events come in the order of the text, so a cursor that only moves forward finds each place.
struct YAMLPositions {
  private let source: UnsafeBufferPointer<UInt8>
  private var character = 0
  private var index = 0
  private var line = 0
  private var lineStart = 0

  init(source: UnsafeBufferPointer<UInt8>) {
    self.source = source
  }

  /// The byte offset of a character.
  mutating func offset(of wanted: Int) -> Int {
    _ = place(of: wanted)
    return index
  }

  /// The line, and the column in bytes, of a character; all count from 0.
  mutating func place(of wanted: Int) -> (line: Int, column: Int) {
    if wanted < character { self = Self(source: source) }
    while character < wanted, index < source.count {
      let endsLine = source[index] == UInt8(ascii: "\n")
      index += 1
      while index < source.count, source[index] & 0xC0 == 0x80 { index += 1 }
      character += 1
      if endsLine {
        line += 1
        lineStart = index
      }
    }
    return (line, index - lineStart)
  }
}
