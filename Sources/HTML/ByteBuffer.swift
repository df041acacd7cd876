/// The one growing buffer of bytes that every writer of a page appends to.
package struct ByteBuffer: Sendable {
  package var bytes: [UInt8] = []
  var fingerprinting = Fingerprinting()

  package init(capacity: Int = 0) {
    bytes.reserveCapacity(capacity)
  }

  package var count: Int { bytes.count }

  /// Appends text as it is.
  package mutating func write(_ text: String) {
    withBytes(of: text) { $0.write($1) }
  }

  /// Calls a closure with a text's bytes, without copying them.
  ///
  /// `String.withUTF8` requires a mutable copy of the text, and a page has thousands.
  @inline(__always)
  mutating func withBytes(
    of text: String, _ use: (inout ByteBuffer, UnsafeBufferPointer<UInt8>) -> Void
  ) {
    if text.utf8.withContiguousStorageIfAvailable({ use(&self, $0) }) == nil {
      // A string from Foundation may not be contiguous.
      Array(text.utf8).withUnsafeBufferPointer { use(&self, $0) }
    }
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
