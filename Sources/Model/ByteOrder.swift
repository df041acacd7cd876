import StoaPlatform

extension String {
  /// Whether the text comes before another in UTF-8 byte order, which is the same in every locale.
  package func precedes(_ other: String) -> Bool {
    let order = utf8.withContiguousStorageIfAvailable { left in
      other.utf8.withContiguousStorageIfAvailable { right in
        guard let start = left.baseAddress, let otherStart = right.baseAddress else {
          return left.count - right.count
        }
        let order = Int(memcmp(start, otherStart, min(left.count, right.count)))
        return order == 0 ? left.count - right.count : order
      }
    }
    // Native Swift strings are contiguous; a string from Foundation may not be.
    guard let order = order ?? nil else {
      return utf8.lexicographicallyPrecedes(other.utf8)
    }
    return order < 0
  }
}
