/// `[[target]]` or `[[target|label]]` in a piece of text.
struct Wikilink {
  /// From the first bracket to after the last.
  let range: Range<Int>
  /// Without spaces around it; not empty.
  let target: ArraySlice<UInt8>
  /// Nil to show the target's own title.
  let label: ArraySlice<UInt8>?

  /// Reads the wikilink whose first bracket is at an index; nil when there is none.
  ///
  /// No bracket is allowed between the brackets, so a text full of brackets is read in linear time.
  init?(in bytes: [UInt8], at start: Int) {
    let open = UInt8(ascii: "[")
    let close = UInt8(ascii: "]")
    guard start >= 0, start + 1 < bytes.count, bytes[start] == open, bytes[start + 1] == open else {
      return nil
    }
    var index = start + 2
    var bar: Int?
    while index < bytes.count, bytes[index] != close {
      if bytes[index] == open { return nil }
      if bytes[index] == UInt8(ascii: "|"), bar == nil { bar = index }
      index += 1
    }
    guard index + 1 < bytes.count, bytes[index + 1] == close else { return nil }
    target = Self.trimmed(bytes[start + 2..<(bar ?? index)])
    let words = Self.trimmed(bytes[min((bar ?? index) + 1, index)..<index])
    label = words.isEmpty ? nil : words
    range = start..<index + 2
    if target.isEmpty { return nil }
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let isSpace: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
    var bytes = bytes.drop(while: isSpace)
    while let last = bytes.last, isSpace(last) { bytes.removeLast() }
    return bytes
  }
}
