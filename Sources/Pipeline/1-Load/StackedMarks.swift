/// Combining marks on one letter; no writing system needs more than a few.
///
/// To compare or hash a string, Swift sorts the combining marks of a letter in quadratic time: sixteen thousand of them would delay
/// a build by minutes.
package enum StackedMarks {
  /// UAX #15 limits stream-safe text to 30, and people who pile up marks for fun stay below this limit.
  package static let limit = 100

  /// The UTF-8 offset of the first mark beyond the limit; nil when there is none.
  package static func offset(in bytes: [UInt8]) -> Int? {
    // That many marks take at least twice as many bytes beyond ASCII, so sampling a byte here and there finds the candidates.
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
