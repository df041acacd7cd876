import StoaPlatform

extension UnsafeBufferPointer<UInt8> {
  /// The index of a byte, searched from an index on.
  package func firstIndex(of byte: UInt8, from start: Int) -> Int? {
    guard let base = baseAddress, start < count else { return nil }
    guard let found = memchr(base + start, Int32(byte), count - start) else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }

  /// Whether one range of the bytes is less than another in byte order.
  package func precedes(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
    guard let base = baseAddress else { return false }
    let order = memcmp(
      base + left.lowerBound, base + right.lowerBound, Swift.min(left.count, right.count))
    return order == 0 ? left.count < right.count : order < 0
  }

  /// Whether other bytes are at an index.
  package func holds(_ other: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
    guard let base = baseAddress, let start = other.baseAddress, index + other.count <= count else {
      return other.isEmpty
    }
    return memcmp(base + index, start, other.count) == 0
  }

  /// Whether a word is at an index, which may be out of bounds.
  package func holds(_ word: StaticString, at index: Int) -> Bool {
    let length = word.utf8CodeUnitCount
    guard let base = baseAddress, index >= 0, index + length <= count else { return false }
    return memcmp(base + index, word.utf8Start, length) == 0
  }
}
