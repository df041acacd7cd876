/// Marks on one letter, of which no writing needs more than a few.
///
/// To compare or hash a text, Swift puts the marks of a letter in order, which takes their number squared: sixteen thousand of
/// them would hold up a build for minutes.
package enum StackedMarks {
  /// What UAX #15 takes for text that can be read as a stream is 30, and people who pile up marks for fun stay below this.
  package static let limit = 100

  /// Where the first mark that is too many stands in UTF-8; nil when there is none.
  internal static func offset(in bytes: [UInt8]) -> Int? {
    // Marks begin at U+0300, whose first byte is this. Most files have nothing of the kind.
    let firstByte: UInt8 = 0xCC
    guard bytes.contains(where: { $0 >= firstByte }) else { return nil }
    var offset = 0
    var count = 0
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      count = isMark(scalar) ? count + 1 : 0
      if count > limit { return offset }
      offset += UTF8.width(scalar)
    }
    return nil
  }

  /// Whether a character is one whose place among marks is arranged.
  package static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= 0x300 && scalar.properties.canonicalCombiningClass != .notReordered
  }
}
