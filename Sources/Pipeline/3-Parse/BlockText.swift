/// The plain text of the current block, and the range of each link in it.
///
/// A wikilink without a label is a slot in it, as in a body: only Link knows the title of its target.
struct BlockText {
  struct LinkRange {
    let slot: Int
    let range: Range<Int>
  }

  private(set) var bytes: [UInt8] = []
  private(set) var marks: [LinkRange] = []
  /// The typed text of each slot.
  private var typed: [(slot: Range<Int>, words: [UInt8])] = []

  var isEmpty: Bool { bytes.isEmpty && marks.isEmpty }
  var count: Int { bytes.count }

  mutating func append(_ other: some Collection<UInt8>) {
    bytes.append(contentsOf: other)
  }

  /// Adds a wikilink without a label.
  mutating func append(slot: Int, typed words: [UInt8]) {
    let start = bytes.count
    bytes += "\u{1}t\(slot)\u{2}".utf8
    typed.append((start..<bytes.count, words))
  }

  /// Records that the text from an offset to here is the text of a link.
  mutating func mark(_ slot: Int, from start: Int) {
    marks.append(LinkRange(slot: slot, range: start..<bytes.count))
  }

  mutating func clear() {
    bytes.removeAll(keepingCapacity: true)
    marks.removeAll(keepingCapacity: true)
    typed.removeAll(keepingCapacity: true)
  }

  /// The text as it was typed, without slots.
  var plain: [UInt8] {
    guard !typed.isEmpty else { return bytes }
    var plain: [UInt8] = []
    var end = 0
    for (slot, words) in typed {
      plain += bytes[end..<slot.lowerBound]
      plain += words
      end = slot.upperBound
    }
    return plain + bytes[end...]
  }

  /// The text with every run of white space collapsed to one space, and none at its ends.
  var collapsed: String { String(decoding: Self.collapsed(bytes[...]), as: UTF8.self) }

  /// Removes a slot that was cut in two, at either end.
  static func withWholeSlots(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var bytes = bytes
    if let end = bytes.firstIndex(of: 0x02), !bytes[..<end].contains(0x01) {
      bytes = bytes[(end + 1)...]
    }
    if let start = bytes.lastIndex(of: 0x01), !bytes[start...].contains(0x02) {
      bytes = bytes[..<start]
    }
    return bytes
  }

  /// Whether the only white space is single spaces, as in most documents.
  private static func isCollapsed(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard bytes.first != 0x20, bytes.last != 0x20 else { return false }
    return bytes.withUnsafeBufferPointer { bytes in
      guard !bytes.hasAny({ $0.equal(to: 0x09) | $0.equal(to: 0x0A) }) else { return false }
      var found: UInt8 = 0
      for index in bytes.indices.dropFirst() {
        // Arithmetic, as in `hasAny`.
        found |= bytes[index &- 1].equal(to: 0x20) & bytes[index].equal(to: 0x20)
      }
      return found & 0x80 == 0
    }
  }

  static func collapsed(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    guard !isCollapsed(bytes) else { return Array(bytes) }
    return [UInt8](unsafeUninitializedCapacity: bytes.count) { result, count in
      var end = 0
      var isAfterSpace = true
      for byte in bytes {
        let isSpace = byte == 0x20 || byte == 0x09 || byte == 0x0A
        // The next byte overwrites a repeated space.
        result[end] = isSpace ? 0x20 : byte
        end += isSpace && isAfterSpace ? 0 : 1
        isAfterSpace = isSpace
      }
      count = end > 0 && isAfterSpace ? end - 1 : end
    }
  }
}
