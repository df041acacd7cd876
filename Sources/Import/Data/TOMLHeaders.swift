/// Looks for headers of tables without a name, such as `[` alone on a line: the parser takes for granted that one follows, and
/// ends the process when it does not.
struct TOMLHeaders {
  private let bytes: ArraySlice<UInt8>
  private var index: Int
  private var line = 1
  /// How many brackets and braces are open around a value.
  private var depth = 0
  private var isAtLineStart = true

  /// The line of the first nameless header, from 1; nil when there is none.
  static func firstNameless(in bytes: ArraySlice<UInt8>) -> Int? {
    var headers = Self(bytes: bytes, index: bytes.startIndex)
    return headers.find()
  }

  private init(bytes: ArraySlice<UInt8>, index: Int) {
    self.bytes = bytes
    self.index = index
  }

  private mutating func find() -> Int? {
    while index < bytes.endIndex {
      let byte = bytes[index]
      switch byte {
      case 0x0A:
        line += 1
        index += 1
        isAtLineStart = true
        continue
      case 0x20, 0x09:
        index += 1
        continue
      case UInt8(ascii: "#"): skip { $0 != 0x0A }
      case UInt8(ascii: "\""), UInt8(ascii: "'"): skipString(byte)
      case UInt8(ascii: "[") where isAtLineStart && depth == 0:
        if !skipHeader() { return line }
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        depth += 1
        index += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        depth = max(depth - 1, 0)
        index += 1
      default: index += 1
      }
      isAtLineStart = false
    }
    return nil
  }

  private mutating func skip(while condition: (UInt8) -> Bool) {
    while index < bytes.endIndex, condition(bytes[index]) { index += 1 }
  }

  /// Passes a header up to its name; false when it has none.
  private mutating func skipHeader() -> Bool {
    let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
    index += 1
    skip(while: isBlank)
    if index < bytes.endIndex, bytes[index] == UInt8(ascii: "[") {
      index += 1
      skip(while: isBlank)
    }
    guard index < bytes.endIndex else { return true }
    let byte = bytes[index]
    // For an empty name the parser has words of its own.
    let isName =
      (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte)
      || "-_\"']".utf8.contains(byte)
    if isName, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "'") {
      skip { $0 != 0x0A && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "'") }
    }
    return isName
  }

  /// Passes a string, of one line or of many.
  private mutating func skipString(_ quote: UInt8) {
    let isLong = bytes[index...].starts(with: [quote, quote, quote])
    index += isLong ? 3 : 1
    while index < bytes.endIndex {
      let byte = bytes[index]
      if byte == 0x0A {
        guard isLong else { return }
        line += 1
      }
      if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        // A line that is continued counts all the same.
        if index + 1 < bytes.endIndex, bytes[index + 1] == 0x0A { line += 1 }
        index = min(index + 2, bytes.endIndex)
        continue
      }
      if byte == quote, !isLong || bytes[index...].starts(with: [quote, quote, quote]) {
        index += isLong ? 3 : 1
        return
      }
      index += 1
    }
  }
}
