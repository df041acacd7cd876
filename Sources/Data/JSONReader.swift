import StoaModel

/// Reads JSON (RFC 8259) into values whose scalars keep their spelling.
///
/// The file is untrusted: the nesting depth is limited, and so is recursion.
package struct JSONReader {
  private static let maximumDepth = 32

  private let bytes: [UInt8]
  private var position = 0
  /// Whether a key with the value null is left out; otherwise its value is the text `null`.
  private let dropsNull: Bool

  private init(_ bytes: [UInt8], dropsNull: Bool) {
    self.bytes = bytes
    self.dropsNull = dropsNull
  }

  package static func read(
    _ bytes: [UInt8], dropsNull: Bool = false
  ) throws(SourceProblem) -> SourceValue {
    var reader = JSONReader(bytes, dropsNull: dropsNull)
    let value = try reader.value(depth: 0)
    reader.skipSpace()
    guard reader.position == bytes.count else { throw reader.problem("expected the end") }
    return value
  }

  /// Reads the value that begins at an index; `rest` is the index after it.
  package static func readStart(
    of bytes: [UInt8], from start: Int = 0, dropsNull: Bool = false
  ) throws(SourceProblem) -> (value: SourceValue, rest: Int) {
    var reader = JSONReader(bytes, dropsNull: dropsNull)
    reader.position = start
    let value = try reader.value(depth: 0)
    return (value, reader.position)
  }

  private mutating func value(depth: Int) throws(SourceProblem) -> SourceValue {
    guard depth < Self.maximumDepth else { throw problem("nested too deep") }
    skipSpace()
    switch peek {
    case UInt8(ascii: "{"): return try mapping(depth: depth)
    case UInt8(ascii: "["): return try list(depth: depth)
    case UInt8(ascii: "\""): return .text(try string())
    case nil: throw problem("the file ends too early")
    default: return .text(try word())
    }
  }

  private mutating func mapping(depth: Int) throws(SourceProblem) -> SourceValue {
    position += 1
    var entries: [SourceValue.Entry] = []
    skipSpace()
    if take("}") { return .mapping([]) }
    while true {
      skipSpace()
      guard peek == UInt8(ascii: "\"") else { throw problem("expected a key in quotes") }
      let key = try string()
      skipSpace()
      guard take(":") else { throw problem("expected a colon") }
      skipSpace()
      let isNull = dropsNull && bytes[position...].starts(with: "null".utf8)
      let value = try value(depth: depth + 1)
      if !isNull { entries.append(SourceValue.Entry(key: key, value: value)) }
      skipSpace()
      if take("}") { return .mapping(entries) }
      guard take(",") else { throw problem("expected a comma or a closing brace") }
    }
  }

  private mutating func list(depth: Int) throws(SourceProblem) -> SourceValue {
    position += 1
    var items: [SourceValue] = []
    skipSpace()
    if take("]") { return .list([]) }
    while true {
      items.append(try value(depth: depth + 1))
      skipSpace()
      if take("]") { return .list(items) }
      guard take(",") else { throw problem("expected a comma or a closing bracket") }
    }
  }

  /// A number, `true`, `false` or `null`; `null` becomes an empty text.
  private mutating func word() throws(SourceProblem) -> String {
    let start = position
    while let byte = peek, isWordByte(byte) { position += 1 }
    guard position > start else { throw problem("expected a value") }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    return text == "null" ? "" : text
  }

  private func isWordByte(_ byte: UInt8) -> Bool {
    ASCII.isLetterOrDigit(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
      || byte == UInt8(ascii: ".")
  }

  private mutating func string() throws(SourceProblem) -> String {
    position += 1
    var text: [UInt8] = []
    while let byte = peek {
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): try escape(into: &text)
      default: text.append(byte)
      }
    }
    throw problem("a string that does not end")
  }

  private mutating func escape(into text: inout [UInt8]) throws(SourceProblem) {
    guard let byte = peek else { throw problem("a string that does not end") }
    position += 1
    switch byte {
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "b"), UInt8(ascii: "f"): break
    case UInt8(ascii: "u"):
      var code = try hexadecimal()
      if (0xD800..<0xDC00).contains(code), position + 1 < bytes.count,
        bytes[position] == UInt8(ascii: "\\"), bytes[position + 1] == UInt8(ascii: "u")
      {
        position += 2
        let low = try hexadecimal()
        code =
          (0xDC00..<0xE000).contains(low)
          ? 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00) : 0xFFFD
      }
      let scalar = Unicode.Scalar(code) ?? "\u{FFFD}"
      text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    default: text.append(byte)
    }
  }

  private mutating func hexadecimal() throws(SourceProblem) -> UInt32 {
    guard position + 4 <= bytes.count,
      let code = ASCII.number(hexadecimal: bytes[position..<(position + 4)])
    else { throw problem("expected four hexadecimal digits") }
    position += 4
    return code
  }

  private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard peek == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      position += 1
    }
  }

  private func problem(_ message: String) -> SourceProblem {
    SourceProblem(message, at: position, in: bytes[...])
  }
}
