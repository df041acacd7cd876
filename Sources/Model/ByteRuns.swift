extension Sequence<UInt8> {
  /// The length of the longest run of a byte: the delimiter of code in markdown must be longer.
  package func longestRun(of byte: UInt8) -> Int {
    var (longest, length) = (0, 0)
    for next in self {
      length = next == byte ? length + 1 : 0
      longest = Swift.max(longest, length)
    }
    return longest
  }
}
