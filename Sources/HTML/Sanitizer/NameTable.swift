import StoaModel

/// Maps short ASCII names to values, case-insensitive, without creating a String.
struct NameTable<Value: Sendable>: Sendable {
  private struct Entry: Sendable {
    let key: UInt64
    let name: StaticString
    let value: Value
  }

  /// Sorted by key; no two names have the same first eight letters.
  private let entries: [Entry]

  init(_ names: [(StaticString, Value)]) {
    entries = names.map { name, value in
      let bytes = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
      return Entry(key: Self.key(of: bytes[...]), name: name, value: value)
    }
    .sorted { $0.key < $1.key }
  }

  func value(of name: UnsafeBufferPointer<UInt8>.SubSequence) -> Value? {
    let key = Self.key(of: name)
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].key < key { low = middle + 1 } else { high = middle }
    }
    guard low < entries.count, entries[low].key == key else { return nil }
    let found = entries[low].name
    guard found.utf8CodeUnitCount == name.count else { return nil }
    for (offset, byte) in name.enumerated().dropFirst(8)
    where ASCII.lowercased(byte) != found.utf8Start[offset] {
      return nil
    }
    return entries[low].value
  }

  /// The first eight letters, lower-case, as a number.
  static func key(of name: UnsafeBufferPointer<UInt8>.SubSequence) -> UInt64 {
    var key: UInt64 = 0
    for byte in name.prefix(8) { key = key << 8 | UInt64(ASCII.lowercased(byte)) }
    return key
  }
}
