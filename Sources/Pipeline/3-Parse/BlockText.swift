/// The plain text of the block that the walk is in, and which part of it each link is.
struct BlockText {
  struct Mark {
    let slot: Int
    let range: Range<Int>
  }

  private(set) var bytes: [UInt8] = []
  private(set) var marks: [Mark] = []

  var isEmpty: Bool { bytes.isEmpty && marks.isEmpty }
  var count: Int { bytes.count }

  mutating func append(_ other: [UInt8]) {
    bytes += other
  }

  /// Notes that the text from an offset to here is the words of a link.
  mutating func mark(_ slot: Int, from start: Int) {
    marks.append(Mark(slot: slot, range: start..<bytes.count))
  }

  mutating func clear() {
    bytes.removeAll(keepingCapacity: true)
    marks.removeAll(keepingCapacity: true)
  }

  /// The text with every run of white space as one space and none at its ends.
  var collapsed: String { String(decoding: Self.collapsed(bytes[...]), as: UTF8.self) }

  static func collapsed(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    for byte in bytes {
      if byte != 0x20 && byte != 0x09 && byte != 0x0A {
        result.append(byte)
      } else if let last = result.last, last != 0x20 {
        result.append(0x20)
      }
    }
    if result.last == 0x20 { result.removeLast() }
    return result
  }
}
