/// Marks on one letter, of which no writing needs more than a few.
///
/// To compare or hash a text, Swift puts the marks of a letter in order, which takes their number squared: sixteen thousand of
/// them would hold up a build for minutes.
package enum StackedMarks {
  /// What UAX #15 takes for text that can be read as a stream is 30, and people who pile up marks for fun stay below this.
  package static let limit = 100

  /// Where the first mark that is too many stands in UTF-8; nil when there is none.
  package static func offset(in bytes: [UInt8]) -> Int? {
    // So many marks are twice as many bytes beyond ASCII at the least: a byte here and there tells where they may be.
    let shortest = 2 * limit
    var end = 0
    for probe in stride(from: 0, to: bytes.count, by: shortest)
    where probe >= end && bytes[probe] >= 0x80 {
      let start = bytes[end..<probe].lastIndex { $0 < 0x80 }.map { $0 + 1 } ?? end
      end = bytes[probe...].firstIndex { $0 < 0x80 } ?? bytes.count
      guard end - start > shortest else { continue }
      if let offset = offset(within: bytes[start..<end]) { return start + offset }
    }
    return nil
  }

  private static func offset(within bytes: ArraySlice<UInt8>) -> Int? {
    var offset = 0
    var count = 0
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      count = isMark(scalar) ? count + 1 : 0
      if count > limit { return offset }
      offset += UTF8.width(scalar)
    }
    return nil
  }

  /// Whether canonical ordering may move this character (combining class other than 0).
  package static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= 0x300 && scalar.properties.canonicalCombiningClass != .notReordered
  }
}
