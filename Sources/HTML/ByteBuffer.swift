/// The one growing buffer of bytes that every writer of a page appends to.
package struct ByteBuffer: Sendable {
  package var bytes: [UInt8] = []

  package init(capacity: Int = 0) {
    bytes.reserveCapacity(capacity)
  }

  package var count: Int { bytes.count }

  /// Appends text as it is.
  @inline(__always)
  package mutating func write(_ text: String) {
    bytes.append(contentsOf: text.utf8)
  }

  /// Appends a literal as it is.
  @inline(__always)
  package mutating func write(_ text: StaticString) {
    bytes.append(
      contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Appends bytes as they are.
  @inline(__always)
  package mutating func write(_ other: [UInt8]) {
    bytes.append(contentsOf: other)
  }

  /// Appends a run of bytes as it is.
  @inline(__always)
  package mutating func write(_ other: ArraySlice<UInt8>) {
    bytes.append(contentsOf: other)
  }

  /// Appends a run of bytes as it is.
  @inline(__always)
  package mutating func write(_ other: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    // A slice of a buffer would be appended byte by byte.
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: other[range]))
  }

  /// Appends bytes as they are.
  @inline(__always)
  package mutating func write(_ other: UnsafeBufferPointer<UInt8>) {
    bytes.append(contentsOf: other)
  }

  /// Appends one byte.
  @inline(__always)
  package mutating func write(byte: UInt8) {
    bytes.append(byte)
  }
}
