import StoaModel

/// The XML of a tool cannot be read.
struct MarkupError: Error {}

/// Reads the XML that a tool writes, tag by tag: no more of XML than the tools use, and nothing else.
struct MarkupReader {
  struct Attribute {
    let name: String
    let value: String
  }

  enum Token {
    case start(name: String, [Attribute], isEmpty: Bool)
    case end(name: String)
    /// With its references replaced by their characters.
    case text([UInt8])
  }

  private let bytes: [UInt8]
  private var index = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The next tag or text, without comments and declarations; nil at the end.
  mutating func next() throws(MarkupError) -> Token? {
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "<") else { return .text(try text()) }
      if starts(with: "<!--") {
        try skip(past: "-->")
      } else if starts(with: "<?") {
        try skip(past: "?>")
      } else if starts(with: "<!") {
        try skip(past: ">")
      } else {
        return try tag()
      }
    }
    return nil
  }

  private func starts(with word: StaticString) -> Bool {
    word.withUTF8Buffer { bytes[index...].starts(with: $0) }
  }

  private mutating func skip(past word: StaticString) throws(MarkupError) {
    while index < bytes.count {
      if starts(with: word) {
        index += word.utf8CodeUnitCount
        return
      }
      index += 1
    }
    throw MarkupError()
  }

  private mutating func text() throws(MarkupError) -> [UInt8] {
    let start = index
    index = bytes[index...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
    return try Self.decoded(bytes[start..<index])
  }

  private mutating func tag() throws(MarkupError) -> Token {
    index += 1
    let isEnd = take("/")
    let name = try name()
    var attributes: [Attribute] = []
    while true {
      skipSpace()
      if take(">") { break }
      if take("/") {
        guard take(">"), !isEnd else { throw MarkupError() }
        return .start(name: name, attributes, isEmpty: true)
      }
      guard !isEnd, attributes.count < 64 else { throw MarkupError() }
      attributes.append(try attribute())
    }
    return isEnd ? .end(name: name) : .start(name: name, attributes, isEmpty: false)
  }

  private mutating func attribute() throws(MarkupError) -> Attribute {
    let name = try name()
    skipSpace()
    guard take("=") else { throw MarkupError() }
    skipSpace()
    guard index < bytes.count, case let quote = bytes[index],
      quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'")
    else { throw MarkupError() }
    let start = index + 1
    guard let end = bytes[start...].firstIndex(of: quote) else { throw MarkupError() }
    index = end + 1
    let value = try Self.decoded(bytes[start..<end])
    return Attribute(name: name, value: String(decoding: value, as: UTF8.self))
  }

  private mutating func name() throws(MarkupError) -> String {
    let start = index
    while index < bytes.count, Self.isNamePart(bytes[index]) { index += 1 }
    guard index > start, index - start <= 64 else { throw MarkupError() }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  private static func isNamePart(_ byte: UInt8) -> Bool {
    ASCII.isLetterOrDigit(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ":")
      || byte == UInt8(ascii: "_")
  }

  private mutating func take(_ byte: Unicode.Scalar) -> Bool {
    guard index < bytes.count, bytes[index] == UInt8(ascii: byte) else { return false }
    index += 1
    return true
  }

  private mutating func skipSpace() {
    while index < bytes.count, ASCII.isSpace(bytes[index]) { index += 1 }
  }

  private static func decoded(_ bytes: ArraySlice<UInt8>) throws(MarkupError) -> [UInt8] {
    guard bytes.contains(UInt8(ascii: "&")) else { return Array(bytes) }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = bytes.startIndex
    while index < bytes.endIndex {
      guard bytes[index] == UInt8(ascii: "&") else {
        result.append(bytes[index])
        index += 1
        continue
      }
      guard let end = bytes[index...].prefix(12).firstIndex(of: UInt8(ascii: ";")) else {
        throw MarkupError()
      }
      let scalar = try scalar(named: String(decoding: bytes[(index + 1)..<end], as: UTF8.self))
      result += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
      index = end + 1
    }
    return result
  }

  private static func scalar(named name: String) throws(MarkupError) -> Unicode.Scalar {
    switch name {
    case "lt": return "<"
    case "gt": return ">"
    case "amp": return "&"
    case "quot": return "\""
    case "apos": return "'"
    case "nbsp": return "\u{A0}"
    default:
      let isHexadecimal = name.hasPrefix("#x")
      guard name.hasPrefix("#"),
        let value = UInt32(name.dropFirst(isHexadecimal ? 2 : 1), radix: isHexadecimal ? 16 : 10),
        let scalar = Unicode.Scalar(value)
      else { throw MarkupError() }
      return scalar
    }
  }
}

extension [MarkupReader.Attribute] {
  subscript(name: String) -> String? { first { $0.name == name }?.value }
}
