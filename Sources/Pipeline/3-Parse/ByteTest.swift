extension UInt8 {
  /// A number whose highest bit is set if this is less than a limit of at most 128; its other bits have no meaning.
  @inline(__always)
  func less(than limit: UInt8) -> UInt8 { (self &- limit) & ~self }

  /// A number whose highest bit is set if this equals a byte; its other bits have no meaning.
  @inline(__always)
  func equal(to byte: UInt8) -> UInt8 { (self ^ byte).less(than: 1) }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether a test sets the highest bit for any byte.
  ///
  /// For bytes that most documents do not have. It tests all bytes, and by arithmetic, which the compiler can vectorise: that takes
  /// a tenth of the time of `contains(where:)`, which tests one byte after the other.
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
