import StoaModel

/// Finds characters that XML does not allow but exports contain: control characters that people pasted.
///
/// It scans a file's bytes piece by piece, in encodings that extend ASCII; libxml2 checks files in other encodings.
struct XMLCharacters {
  /// A character that is not allowed, with its place.
  struct Fault {
    let code: UInt32
    let line: Int
    let column: Int
    /// Its range in the piece.
    let place: Range<Int>

    var message: String {
      let digits = String(code, radix: 16, uppercase: true)
      let name = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
      return "\(name) is a character that XML cannot hold; --repair takes such characters out"
    }
  }

  private var line = 1
  private var column = 1
  private var isInData = false
  private var isEnabled = true
  private var isAtStart = true
  /// The end of the previous piece, in which a CDATA delimiter may have begun.
  private var tail: [UInt8] = []

  init() {}

  /// The first character of a piece that is not allowed; the caller then passes the piece again, from after this character.
  mutating func firstFault(in piece: ArraySlice<UInt8>) -> Fault? {
    if isAtStart {
      isAtStart = false
      isEnabled = Self.hasASCII(piece)
    }
    guard isEnabled else { return nil }
    var index = piece.startIndex
    while index < piece.endIndex {
      let byte = piece[index]
      if byte == 0x0A {
        line += 1
        column = 1
        index += 1
        continue
      }
      if let (code, length) = fault(at: index, in: piece) {
        let found = Fault(code: code, line: line, column: column, place: index..<(index + length))
        column += length
        tail = []
        return found
      }
      column += 1
      index += 1
      take(byte)
    }
    return nil
  }

  private func fault(at index: Int, in piece: ArraySlice<UInt8>) -> (UInt32, Int)? {
    let byte = piece[index]
    if byte < 0x20 {
      return byte == 0x09 || byte == 0x0D ? nil : (UInt32(byte), 1)
    }
    if byte == 0xEF, index + 2 < piece.endIndex, piece[index + 1] == 0xBF,
      piece[index + 2] == 0xBE || piece[index + 2] == 0xBF
    {
      return (piece[index + 2] == 0xBE ? 0xFFFE : 0xFFFF, 3)
    }
    guard byte == UInt8(ascii: "&"), !isInData, index + 3 < piece.endIndex,
      piece[index + 1] == UInt8(ascii: "#")
    else { return nil }
    let rest = piece[(index + 2)...].prefix(9)
    let isHexadecimal = rest.first == UInt8(ascii: "x")
    let digits = (isHexadecimal ? rest.dropFirst() : rest).prefix(while: ASCII.isHexDigit)
    guard digits.endIndex < piece.endIndex, piece[digits.endIndex] == UInt8(ascii: ";"),
      let code = UInt32(String(decoding: digits, as: UTF8.self), radix: isHexadecimal ? 16 : 10)
    else { return nil }
    let isAllowed =
      code == 9 || code == 10 || code == 13
      || code >= 0x20 && code <= 0x10FFFF && !(0xD800...0xDFFF).contains(code) && code != 0xFFFE
        && code != 0xFFFF
    return isAllowed ? nil : (code, digits.endIndex + 1 - index)
  }

  /// Tracks the delimiters of CDATA sections, in which a reference is text.
  private mutating func take(_ byte: UInt8) {
    guard
      byte == UInt8(ascii: "[") || byte == UInt8(ascii: ">") || !tail.isEmpty
        || byte == UInt8(ascii: "<") || byte == UInt8(ascii: "]")
    else { return }
    tail.append(byte)
    if tail.count > 9 { tail.removeFirst(tail.count - 9) }
    if byte == UInt8(ascii: "["), tail.elementsEqual("<![CDATA[".utf8) { isInData = true }
    if byte == UInt8(ascii: ">"), tail.suffix(3).elementsEqual("]]>".utf8) {
      isInData = false
      tail = []
    }
  }

  private static func hasASCII(_ piece: ArraySlice<UInt8>) -> Bool {
    let head = piece.prefix(256)
    guard !head.contains(0), !head.starts(with: [0xFE, 0xFF]), !head.starts(with: [0xFF, 0xFE])
    else { return false }
    guard let mark = head.range(of: "encoding=".utf8) else { return true }
    let name = String(decoding: head[mark.upperBound...].dropFirst().prefix(12), as: UTF8.self)
      .lowercased()
    return ["utf-8", "utf8", "iso-8859", "us-ascii", "ascii", "windows-125", "latin1"].contains {
      name.hasPrefix($0)
    }
  }
}
