import StoaModel

/// A formula in a line of text.
struct Formula {
  static let sign = UInt8(ascii: "$")
  /// The maximum length of the braces of `\text`, in which a dollar sign ends nothing, so that a hostile text is read in linear time.
  private static let longestText = 1_000

  let form: FormulaForm
  let tex: Range<Int>
  /// The place after the closing signs.
  let end: Int

  /// Reads the formula that begins at a dollar sign; nil when none does.
  ///
  /// - Parameter byte: the byte at a place; 0 at the end.
  init?(at start: Int, _ byte: (Int) -> UInt8) {
    if byte(start + 1) == Self.sign {
      guard let close = Self.end(ofDisplayFrom: start + 2, byte) else { return nil }
      (form, tex, end) = (.display, start + 2..<close, close + 2)
    } else {
      guard let close = Self.end(ofInlineFrom: start + 1, byte) else { return nil }
      (form, tex, end) = (.inline, start + 1..<close, close + 1)
    }
  }

  private static func end(ofDisplayFrom start: Int, _ byte: (Int) -> UInt8) -> Int? {
    var index = start
    var isEmpty = true
    while case let next = byte(index), next != 0 {
      if next == sign, byte(index + 1) == sign { return isEmpty ? nil : index }
      isEmpty = isEmpty && isSpace(next)
      index += 1
    }
    return nil
  }

  /// A formula begins and ends with something visible, and no digit follows it, so that sums of money are none.
  private static func end(ofInlineFrom start: Int, _ byte: (Int) -> UInt8) -> Int? {
    guard !isSpace(byte(start)) else { return nil }
    var index = start
    while case let next = byte(index), next != 0 {
      switch next {
      case sign:
        return isSpace(byte(index - 1)) || (0x30...0x39).contains(byte(index + 1)) ? nil : index
      case UInt8(ascii: "\\"):
        guard byte(index + 1) != 0 else { return nil }
        index = end(ofTextAt: index, byte) ?? index + 2
      default: index += 1
      }
    }
    return nil
  }

  /// The place after `\text{…}`.
  private static func end(ofTextAt start: Int, _ byte: (Int) -> UInt8) -> Int? {
    var index = start + 1
    for letter in "text{".utf8 {
      guard byte(index) == letter else { return nil }
      index += 1
    }
    var depth = 1
    while index < start + longestText, case let next = byte(index), next != 0 {
      index += 1
      switch next {
      case UInt8(ascii: "\\"): if byte(index) != 0 { index += 1 }
      case UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "}"):
        depth -= 1
        if depth == 0 { return index }
      default: break
      }
    }
    return nil
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }
}
