/// Bytes with random access: of a file, or in memory.
///
/// A read beyond the end returns the bytes up to the end, and a number beyond the end is nil, so that no length in a file is
/// trusted.
package struct ByteSource {
  package let count: Int
  private let readBytes: (_ offset: Int, _ count: Int) -> [UInt8]

  package init(count: Int, read: @escaping (_ offset: Int, _ count: Int) -> [UInt8]) {
    self.count = count
    readBytes = read
  }

  package init(_ bytes: [UInt8]) {
    count = bytes.count
    readBytes = { offset, count in Array(bytes[offset..<(offset + count)]) }
  }

  func read(_ offset: Int, _ count: Int) -> [UInt8] {
    guard offset >= 0, count > 0, offset < self.count else { return [] }
    return readBytes(offset, min(count, self.count - offset))
  }

  func holds(_ text: StaticString, at offset: Int) -> Bool {
    let wanted = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    return read(offset, wanted.count).elementsEqual(wanted)
  }

  /// The number in `width` bytes, most significant first.
  func bigEndian(_ offset: Int, width: Int) -> Int? {
    let bytes = read(offset, width)
    guard bytes.count == width else { return nil }
    return bytes.reduce(0) { $0 << 8 | Int($1) }
  }

  /// The number in `width` bytes, least significant first.
  func littleEndian(_ offset: Int, width: Int) -> Int? {
    let bytes = read(offset, width)
    guard bytes.count == width else { return nil }
    return bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}
