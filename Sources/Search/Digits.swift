/// Integers as text: five bits in each digit, the lowest first; 32 is added to every digit except the last.
///
/// Text, because hosts compress text files, but not necessarily binary ones.
enum Digits {
  static let all = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

  private static let values: [UInt8] = {
    var values = [UInt8](repeating: 0, count: 256)
    for (value, digit) in all.enumerated() { values[Int(digit)] = UInt8(value) }
    return values
  }()

  static func write(_ number: Int, into bytes: inout [UInt8]) {
    var rest = number
    while rest > 31 {
      bytes.append(all[32 + rest & 31])
      rest >>= 5
    }
    bytes.append(all[rest])
  }

  static func read(_ bytes: ArraySlice<UInt8>, at index: inout Int) -> Int {
    var (value, shift) = (0, 0)
    while index < bytes.endIndex {
      let digit = Int(values[Int(bytes[index])])
      index += 1
      value |= (digit & 31) << shift
      shift += 5
      if digit < 32 || shift > 55 { break }
    }
    return value
  }
}
