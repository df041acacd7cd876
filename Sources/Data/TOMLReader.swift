import StoaModel

/// Reads TOML 1.1, which includes 1.0, into values whose scalars keep their spelling; the code that uses a number or a date
/// validates it.
///
/// Our own because toml++, which the Swift package wraps, crashes on some invalid files, and these files are untrusted. The nesting
/// depth is limited, and so is recursion.
package struct TOMLReader {
  private static let maximumDepth = 32
  private static let maximumSize = 1 << 20

  private let bytes: ArraySlice<UInt8>
  private var position: Int

  /// The entries of the file, in order.
  ///
  /// - Parameter bytes: cleaned UTF-8 without carriage returns.
  package static func read(_ bytes: ArraySlice<UInt8>) throws(SourceProblem) -> [SourceValue.Entry]
  {
    var reader = TOMLReader(bytes: bytes, position: bytes.startIndex)
    guard bytes.count <= maximumSize else {
      throw reader.problem("more than \(maximumSize) bytes of TOML")
    }
    return try reader.file()
  }

  private init(bytes: ArraySlice<UInt8>, position: Int) {
    self.bytes = bytes
    self.position = position
  }

  private mutating func file() throws(SourceProblem) -> [SourceValue.Entry] {
    let file = TOMLTable()
    var (table, depth) = (file, 0)
    while true {
      skipSpaceAndComments()
      switch peek {
      case nil: return file.entries
      case UInt8(ascii: "["): (table, depth) = try header(in: file)
      default: try assignment(in: table, depth: depth)
      }
      skipBlanks()
      skipComment()
      guard peek == nil || take("\n") else { throw problem("expected the end of the line") }
    }
  }

  /// `[path]` or `[[path]]`: the table that begins, and its depth.
  private mutating func header(in file: TOMLTable) throws(SourceProblem) -> (TOMLTable, depth: Int)
  {
    position += 1
    let isListed = take("[")
    skipBlanks()
    let start = position
    let path = try path(depth: 0)
    guard take("]"), !isListed || take("]") else { throw problem("expected a closing bracket") }
    do throws(TOMLTable.Conflict) {
      let table = try isListed ? file.listedTable(at: path) : file.table(at: path)
      return (table, path.count)
    } catch {
      throw problem(error.message, at: start)
    }
  }

  private mutating func assignment(in table: TOMLTable, depth: Int) throws(SourceProblem) {
    let start = position
    let path = try path(depth: depth)
    guard take("=") else { throw problem("expected an equals sign") }
    skipBlanks()
    let value = try value(depth: depth + path.count)
    do throws(TOMLTable.Conflict) {
      try table.set(path, to: value)
    } catch {
      throw problem(error.message, at: start)
    }
  }

  /// A key, or several keys with dots between them, and the white space after it.
  private mutating func path(depth: Int) throws(SourceProblem) -> [String] {
    var path = [try key()]
    skipBlanks()
    while take(".") {
      skipBlanks()
      path.append(try key())
      skipBlanks()
      guard depth + path.count < Self.maximumDepth else { throw problem("nested too deep") }
    }
    return path
  }

  private mutating func key() throws(SourceProblem) -> String {
    switch peek {
    case UInt8(ascii: "\""):
      position += 1
      return try basicText()
    case UInt8(ascii: "'"):
      position += 1
      return try literalText()
    default:
      let start = position
      while let byte = peek, isKeyByte(byte) { position += 1 }
      guard position > start else { throw problem("expected a key") }
      return text(start..<position)
    }
  }

  private func isKeyByte(_ byte: UInt8) -> Bool {
    ASCII.isLetterOrDigit(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
  }

  private mutating func value(depth: Int) throws(SourceProblem) -> SourceValue {
    guard depth <= Self.maximumDepth else { throw problem("nested too deep") }
    switch peek {
    case UInt8(ascii: "\""):
      if takeQuotes("\"\"\"") { return .text(try longText("\"")) }
      position += 1
      return .text(try basicText())
    case UInt8(ascii: "'"):
      if takeQuotes("'''") { return .text(try longText("'")) }
      position += 1
      return .text(try literalText())
    case UInt8(ascii: "["): return try list(depth: depth)
    case UInt8(ascii: "{"): return try mapping(depth: depth)
    default: return .text(try word())
    }
  }

  private mutating func list(depth: Int) throws(SourceProblem) -> SourceValue {
    position += 1
    var items: [SourceValue] = []
    while true {
      skipSpaceAndComments()
      if take("]") { return .list(items) }
      items.append(try value(depth: depth + 1))
      skipSpaceAndComments()
      if take("]") { return .list(items) }
      guard take(",") else { throw problem("expected a comma or a closing bracket") }
    }
  }

  private mutating func mapping(depth: Int) throws(SourceProblem) -> SourceValue {
    position += 1
    let table = TOMLTable()
    while true {
      skipSpaceAndComments()
      if take("}") { return .mapping(table.entries) }
      try assignment(in: table, depth: depth)
      skipSpaceAndComments()
      if take("}") { return .mapping(table.entries) }
      guard take(",") else { throw problem("expected a comma or a closing brace") }
    }
  }

  /// A number, a date, a time, `true` or `false`.
  private mutating func word() throws(SourceProblem) -> String {
    let start = position
    skipWord()
    // A space may separate a date from its time.
    if position - start == 10, bytes[start + 4] == UInt8(ascii: "-"), peek == 0x20,
      position + 1 < bytes.endIndex, ASCII.isDigit(bytes[position + 1])
    {
      position += 1
      skipWord()
    }
    let word = text(start..<position)
    let unsigned = word.hasPrefix("+") || word.hasPrefix("-") ? word.dropFirst() : word[...]
    let isNumber =
      unsigned.utf8.first.map(ASCII.isDigit) ?? false || ["inf", "nan"].contains(unsigned)
    guard isNumber || ["true", "false"].contains(word) else {
      throw problem("expected a value; strings need quotes", at: start)
    }
    return word
  }

  private mutating func skipWord() {
    while let byte = peek,
      isKeyByte(byte) || byte == UInt8(ascii: "+") || byte == UInt8(ascii: ".")
        || byte == UInt8(ascii: ":")
    { position += 1 }
  }

  /// The rest of a string in double quotes, on one line.
  private mutating func basicText() throws(SourceProblem) -> String {
    var text: [UInt8] = []
    while let byte = peek, byte != 0x0A {
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): try escape(into: &text)
      default: text.append(byte)
      }
    }
    throw problem("a string that does not end")
  }

  /// The rest of a string in single quotes, on one line.
  private mutating func literalText() throws(SourceProblem) -> String {
    let start = position
    while let byte = peek, byte != 0x0A {
      position += 1
      if byte == UInt8(ascii: "'") { return text(start..<(position - 1)) }
    }
    throw problem("a string that does not end")
  }

  /// The rest of a string in triple quotes, which may have several lines.
  private mutating func longText(_ quote: Unicode.Scalar) throws(SourceProblem) -> String {
    let start = position
    let quotes = String(repeating: Character(quote), count: 3)
    var text: [UInt8] = []
    _ = take("\n")
    while let byte = peek {
      if takeQuotes(quotes) {
        // Up to two quotes may precede those that end the string.
        for _ in 0..<2 where take(quote) { text.append(byte) }
        return String(decoding: text, as: UTF8.self)
      }
      position += 1
      if byte == UInt8(ascii: "\\"), quote == "\"" {
        if !skipContinuation() { try escape(into: &text) }
      } else {
        text.append(byte)
      }
    }
    throw problem("a string that does not end", at: start)
  }

  /// Skips the rest of a line that ends with a backslash, and the white space at the start of the next; false for any other
  /// backslash.
  private mutating func skipContinuation() -> Bool {
    let start = position
    skipBlanks()
    guard peek == 0x0A else {
      position = start
      return false
    }
    while let byte = peek, byte == 0x20 || byte == 0x09 || byte == 0x0A { position += 1 }
    return true
  }

  private mutating func escape(into text: inout [UInt8]) throws(SourceProblem) {
    let start = position
    guard let byte = peek else { throw problem("a string that does not end") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): text.append(byte)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    // Backspace, form feed and escape have no use in a text.
    case UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "e"): break
    case UInt8(ascii: "x"): try scalar(digits: 2, into: &text)
    case UInt8(ascii: "u"): try scalar(digits: 4, into: &text)
    case UInt8(ascii: "U"): try scalar(digits: 8, into: &text)
    default: throw problem("a backslash and this character are no valid escape", at: start)
    }
  }

  private mutating func scalar(digits: Int, into text: inout [UInt8]) throws(SourceProblem) {
    let end = position + digits
    guard end <= bytes.endIndex, let code = ASCII.number(hexadecimal: bytes[position..<end]),
      let scalar = Unicode.Scalar(code)
    else { throw problem("expected \(digits) hexadecimal digits of a character") }
    position = end
    text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }

  private var peek: UInt8? { position < bytes.endIndex ? bytes[position] : nil }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard peek == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func takeQuotes(_ quotes: String) -> Bool {
    guard bytes[position...].starts(with: quotes.utf8) else { return false }
    position += quotes.utf8.count
    return true
  }

  private mutating func skipBlanks() {
    while let byte = peek, byte == 0x20 || byte == 0x09 { position += 1 }
  }

  private mutating func skipComment() {
    guard peek == UInt8(ascii: "#") else { return }
    while let byte = peek, byte != 0x0A { position += 1 }
  }

  private mutating func skipSpaceAndComments() {
    repeat {
      skipBlanks()
      skipComment()
    } while take("\n")
  }

  private func problem(_ message: String, at place: Int? = nil) -> SourceProblem {
    SourceProblem(message, at: place ?? position, in: bytes)
  }
}
