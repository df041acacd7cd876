import StoaHTML

/// Distinct words, numbered in order of their first addition.
///
/// An open hash table over one arena, because a community has millions of words to look up. Short words are compared as
/// integers, which hold all their bytes.
package struct WordTable: Sendable {
  private var arena: [UInt8] = []
  /// The end of each word in the arena; the first begins at 0.
  private var ends: [Int] = [0]
  /// Equal for equal words; see `key(of:)`.
  private var keys: [UInt64] = []
  /// The number of a word plus one; 0 for an empty slot.
  ///
  /// The count of slots is a power of two, and at least twice the number of words.
  private var slots = [UInt32](repeating: 0, count: 1 << 12)

  package init() {}

  package var count: Int { keys.count }

  /// The number of a word, which is added if it is new.
  package mutating func number(of word: UnsafeBufferPointer<UInt8>) -> Int {
    let key = Self.key(of: word)
    var slot = Self.slot(of: key, in: slots.count)
    while slots[slot] != 0 {
      let number = Int(slots[slot] - 1)
      if keys[number] == key, key & Self.isHash == 0 || isEqual(number, word) { return number }
      slot = (slot + 1) & (slots.count - 1)
    }
    keys.append(key)
    arena.append(contentsOf: word)
    ends.append(arena.count)
    slots[slot] = UInt32(keys.count)
    if 2 * keys.count > slots.count { grow() }
    return keys.count - 1
  }

  package mutating func number(of word: String) -> Int {
    var word = word
    return word.withUTF8 { number(of: $0) }
  }

  /// Adds all words of another table; returns their numbers here, in its order.
  package mutating func numbers(of other: WordTable) -> [Int] {
    other.arena.withUnsafeBufferPointer { bytes in
      (0..<other.count).map {
        number(of: UnsafeBufferPointer(rebasing: bytes[other.range(of: $0)]))
      }
    }
  }

  /// The bytes of a word.
  package subscript(number: Int) -> ArraySlice<UInt8> { arena[range(of: number)] }

  package func text(of number: Int) -> String { String(decoding: self[number], as: UTF8.self) }

  /// The numbers of all words in the order of their bytes.
  package var sorted: [Int] {
    arena.withUnsafeBufferPointer { bytes in
      (0..<count).sorted { bytes.precedes(range(of: $0), range(of: $1)) }
    }
  }

  /// Whether one word comes before another in the order of bytes.
  package func precedes(_ left: Int, _ right: Int) -> Bool {
    arena.withUnsafeBufferPointer { $0.precedes(range(of: left), range(of: right)) }
  }

  private func range(of number: Int) -> Range<Int> { ends[number]..<ends[number + 1] }

  private func isEqual(_ number: Int, _ word: UnsafeBufferPointer<UInt8>) -> Bool {
    let range = range(of: number)
    return range.count == word.count
      && arena.withUnsafeBufferPointer { $0.holds(word, at: range.lowerBound) }
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

  /// The bytes of a short word, below their number; a hash of a longer one, in which the highest bit is set.
  ///
  /// Several bytes are read at a time, some of them twice where the length is no multiple.
  @inline(__always)
  private static func key(of word: UnsafeBufferPointer<UInt8>) -> UInt64 {
    let (bytes, count) = (UnsafeRawBufferPointer(word), word.count)
    func half(_ offset: Int) -> UInt64 {
      UInt64(bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self).littleEndian)
    }
    if count > longestInKey {
      var key = UInt64(count)
      for offset in stride(from: 0, to: count, by: 8) {
        let piece = bytes.loadUnaligned(fromByteOffset: min(offset, count - 8), as: UInt64.self)
        key = (key ^ piece.littleEndian) &* 0x9E37_79B9_7F4A_7C15
        key ^= key >> 29
      }
      return key | isHash
    }
    let length = UInt64(count) << 56
    if count >= 4 { return length | half(0) | half(count - 4) << UInt64(8 * (count - 4)) }
    guard count > 0 else { return length }
    return length | UInt64(word[0]) | UInt64(word[count / 2]) << 8 | UInt64(word[count - 1]) << 16
  }

  private static let isHash: UInt64 = 1 << 63
  /// How many bytes a key can hold.
  private static let longestInKey = 7

  @inline(__always)
  private static func slot(of key: UInt64, in count: Int) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & (count - 1)
  }
}
