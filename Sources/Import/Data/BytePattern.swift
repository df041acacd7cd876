extension ArraySlice<UInt8> {
  /// The range of the first occurrence of these bytes; nil if there is none.
  func range(of wanted: some Collection<UInt8>) -> Range<Int>? {
    guard let first = wanted.first else { return nil }
    let count = wanted.count
    var from = startIndex
    while let found = self[from...].firstIndex(of: first) {
      guard found + count <= endIndex else { return nil }
      if self[found..<(found + count)].elementsEqual(wanted) { return found..<(found + count) }
      from = found + 1
    }
    return nil
  }
}

extension [UInt8] {
  func range(of wanted: some Collection<UInt8>) -> Range<Int>? { self[...].range(of: wanted) }

  func contains(text: String) -> Bool { range(of: text.utf8) != nil }
}
