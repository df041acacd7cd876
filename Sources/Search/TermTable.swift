import StoaHTML

/// Words with numbers: those of a slice of the community, or all of them.
struct TermTable: Sendable {
  private var bytes: [UInt8] = []
  private var ends: [Int] = [0]
  /// Numbers of terms by their hash, plus one; its size is a power of two, and at most half of it is in use.
  private var slots = [UInt32](repeating: 0, count: 1 << 12)

  var count: Int { ends.count - 1 }

  /// The number of a word, which is added if it is new.
  mutating func number(of word: UnsafeBufferPointer<UInt8>) -> Int {
    var slot = Int(truncatingIfNeeded: Self.hash(word)) & (slots.count - 1)
    while slots[slot] != 0 {
      let number = Int(slots[slot]) - 1
      if isTerm(number, word) { return number }
      slot = (slot + 1) & (slots.count - 1)
    }
    bytes.append(contentsOf: word)
    ends.append(bytes.count)
    slots[slot] = UInt32(count)
    if 2 * count > slots.count { grow() }
    return count - 1
  }

  /// The bytes of a term.
  subscript(number: Int) -> ArraySlice<UInt8> { bytes[ends[number]..<ends[number + 1]] }

  /// The numbers of all terms in byte order.
  var sorted: [Int] {
    bytes.withUnsafeBufferPointer { bytes in
      (0..<count).sorted {
        bytes.precedes(ends[$0]..<ends[$0 + 1], ends[$1]..<ends[$1 + 1])
      }
    }
  }

  private func isTerm(_ number: Int, _ word: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = ends[number]
    guard ends[number + 1] - start == word.count else { return false }
    for index in 0..<word.count where bytes[start + index] != word[index] { return false }
    return true
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    bytes.withUnsafeBufferPointer { bytes in
      for number in 0..<count {
        let word = UnsafeBufferPointer(rebasing: bytes[ends[number]..<ends[number + 1]])
        var slot = Int(truncatingIfNeeded: Self.hash(word)) & (slots.count - 1)
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = UInt32(number + 1)
      }
    }
  }

  /// FNV-1a; its upper bits are better distributed.
  private static func hash(_ word: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash: UInt64 = 14_695_981_039_346_656_037
    for byte in word { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
    return hash ^ hash >> 32
  }
}
