import StoaHTML

/// Numbers words in the order of their first appearance.
///
/// An open-addressing hash table over one arena, because a community has millions of words to look up. Words of at most eight bytes
/// are compared as integers.
struct TermTable: Sendable {
  private var arena: [UInt8] = []
  /// The end of each term in the arena; the first begins at 0.
  private var ends: [Int] = [0]
  /// The bytes of a term of at most eight, or a hash of a longer one.
  private var keys: [UInt64] = []
  /// The number of each term plus one; 0 for an empty slot.
  ///
  /// Its size is a power of two, at least twice the number of terms.
  private var slots = [UInt32](repeating: 0, count: 1 << 12)

  var count: Int { keys.count }

  /// The number of a term, which is added if it is missing.
  mutating func number(of term: UnsafeBufferPointer<UInt8>) -> Int {
    let key = Self.key(of: term)
    var slot = Self.slot(of: key, in: slots.count)
    while slots[slot] != 0 {
      let number = Int(slots[slot] - 1)
      if keys[number] == key, isEqual(number, term) { return number }
      slot = (slot + 1) & (slots.count - 1)
    }
    keys.append(key)
    arena.append(contentsOf: term)
    ends.append(arena.count)
    slots[slot] = UInt32(keys.count)
    if 2 * keys.count > slots.count { grow() }
    return keys.count - 1
  }

  mutating func number(of term: String) -> Int {
    var term = term
    return term.withUTF8 { number(of: $0) }
  }

  func range(of number: Int) -> Range<Int> { ends[number]..<ends[number + 1] }

  subscript(number: Int) -> String { String(decoding: arena[range(of: number)], as: UTF8.self) }

  func withBytes<Result>(
    _ number: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    arena.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range(of: number)])) }
  }

  /// Whether one term comes before another in byte order.
  func precedes(_ left: Int, _ right: Int) -> Bool {
    arena.withUnsafeBufferPointer { $0.precedes(range(of: left), range(of: right)) }
  }

  private func isEqual(_ number: Int, _ term: UnsafeBufferPointer<UInt8>) -> Bool {
    let range = range(of: number)
    guard range.count == term.count else { return false }
    return term.count <= 8 || arena[range].elementsEqual(term)
  }

  private mutating func grow() {
    var larger = [UInt32](repeating: 0, count: 4 * slots.count)
    for (number, key) in keys.enumerated() {
      var slot = Self.slot(of: key, in: larger.count)
      while larger[slot] != 0 { slot = (slot + 1) & (larger.count - 1) }
      larger[slot] = UInt32(number + 1)
    }
    slots = larger
  }

  @inline(__always)
  private static func key(of term: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var key: UInt64 = 0
    if term.count <= 8 {
      for byte in term { key = key << 8 | UInt64(byte) }
    } else {
      for byte in term { key = (key ^ UInt64(byte)) &* 0x100_0000_01B3 }
    }
    return key
  }

  @inline(__always)
  private static func slot(of key: UInt64, in count: Int) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & (count - 1)
  }
}
