/// A short text of digits and ASCII signs, built in place: every page and feed has dozens of dates.
struct DigitText {
  /// An instant of the year 9999 with its offset has 25 bytes, and any other year adds at most 16.
  private static let capacity = 41

  private var bytes: UnsafeMutableBufferPointer<UInt8>
  private var count = 0

  static func make(_ write: (inout DigitText) -> Void) -> String {
    String(unsafeUninitializedCapacity: capacity) { bytes in
      var text = DigitText(bytes: bytes)
      write(&text)
      return text.count
    }
  }

  private init(bytes: UnsafeMutableBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  mutating func write(_ mark: Unicode.Scalar) {
    precondition(count < Self.capacity)
    bytes[count] = UInt8(ascii: mark)
    count += 1
  }

  mutating func write(_ other: String) {
    for byte in other.utf8 {
      precondition(count < Self.capacity)
      bytes[count] = byte
      count += 1
    }
  }

  /// A sign, and two digits.
  mutating func write(_ mark: Unicode.Scalar, _ number: Int) {
    write(mark)
    write(number, width: 2)
  }

  mutating func write(_ number: Int, width: Int) {
    var divisor = 1
    for _ in 1..<width { divisor *= 10 }
    while divisor > 0 {
      precondition(count < Self.capacity)
      bytes[count] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / divisor % 10)
      count += 1
      divisor /= 10
    }
  }
}
