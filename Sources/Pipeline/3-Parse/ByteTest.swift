extension UInt8 {
  /// A number whose highest bit says whether this is less than a limit of at most 128; its other bits say nothing.
  @inline(__always)
  func less(than limit: UInt8) -> UInt8 { (self &- limit) & ~self }

  /// A number whose highest bit says whether this is a certain byte; its other bits say nothing.
  @inline(__always)
  func equal(to byte: UInt8) -> UInt8 { (self ^ byte).less(than: 1) }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether a test sets the highest bit for any byte.
  ///
  /// It is for what is mostly nowhere in a text. All bytes are tested, and by arithmetic, because that is what the compiler makes
  /// vectors of: it takes a tenth of the time of `contains(where:)`, which looks at one byte after the other.
  @inline(__always)
  func hasAny(_ test: (UInt8) -> UInt8) -> Bool {
    var found: UInt8 = 0
    for byte in self { found |= test(byte) }
    return found & 0x80 != 0
  }
}

extension [UInt8] {
  /// Whether a test sets the highest bit for any byte.
  @inline(__always)
  func hasAny(_ test: (UInt8) -> UInt8) -> Bool {
    withUnsafeBufferPointer { $0.hasAny(test) }
  }
}
