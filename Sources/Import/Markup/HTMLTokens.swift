import StoaModel

/// Splits HTML into tags and text by their bytes, without interpreting them.
///
/// It prepares HTML for pandoc and compares words; the sanitiser protects browsers.
struct HTMLTokens: Sequence, IteratorProtocol {
  enum Token {
    case text(ArraySlice<UInt8>)
    /// The name in lower case.
    case tag(name: String, isEnd: Bool, bytes: ArraySlice<UInt8>)
    case comment(ArraySlice<UInt8>)
  }

  private let bytes: [UInt8]
  private var position = 0
  /// The index of the last `>`, so that a text full of `<` is searched for it only once.
  private let lastEnd: Int

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    lastEnd = bytes.lastIndex(of: UInt8(ascii: ">")) ?? -1
  }

  mutating func next() -> Token? {
    guard position < bytes.count else { return nil }
    let start = position
    if bytes[start] == UInt8(ascii: "<") {
      if bytes[start...].starts(with: "<!--".utf8) { return comment(from: start) }
      if let tag = tag(from: start) { return tag }
    }
    position += 1
    while position < bytes.count, bytes[position] != UInt8(ascii: "<") { position += 1 }
    return .text(bytes[start..<position])
  }

  private mutating func comment(from start: Int) -> Token {
    var index = start + 4
    while index < bytes.count, !bytes[index...].starts(with: "-->".utf8) { index += 1 }
    position = Swift.min(index + 3, bytes.count)
    return .comment(bytes[start..<position])
  }

  private mutating func tag(from start: Int) -> Token? {
    guard start < lastEnd else { return nil }
    var index = start + 1
    let isEnd = index < bytes.count && bytes[index] == UInt8(ascii: "/")
    if isEnd { index += 1 }
    let nameStart = index
    while index < bytes.count, Self.isNameByte(bytes[index]) { index += 1 }
    guard index > nameStart, ASCII.isLetter(bytes[nameStart]) else { return nil }
    let name = String(decoding: bytes[nameStart..<index], as: UTF8.self).lowercased()
    let attributesStart = index
    var quote: UInt8?
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: ">") {
        position = index
        return .tag(name: name, isEnd: isEnd, bytes: bytes[start..<index])
      }
    }
    // The quotation mark is never closed: end the tag where it would end without it.
    guard let end = bytes[attributesStart...].firstIndex(of: UInt8(ascii: ">")) else { return nil }
    position = end + 1
    return .tag(name: name, isEnd: isEnd, bytes: bytes[start...end])
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    ASCII.isLetterOrDigit(byte) || byte == UInt8(ascii: "-")
  }
}

extension HTMLTokens {
  /// The value of an attribute of a tag, with references decoded; nil when the tag has none.
  static func attribute(_ name: String, of tag: ArraySlice<UInt8>) -> String? {
    let wanted = Array(name.utf8)
    var rest = tag.drop { !isSpace($0) }
    while !rest.isEmpty {
      rest = rest.drop { isSpace($0) || $0 == UInt8(ascii: "/") }
      let found = rest.prefix { !isSpace($0) && $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: ">") }
      rest = rest[found.endIndex...].drop(while: isSpace)
      guard rest.first == UInt8(ascii: "=") else {
        if found.isEmpty { rest = rest.dropFirst() }
        continue
      }
      rest = rest.dropFirst().drop(while: isSpace)
      let value: ArraySlice<UInt8>
      if let quote = rest.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
        value = rest.dropFirst().prefix { $0 != quote }
        rest = rest[value.endIndex...].dropFirst()
      } else {
        value = rest.prefix { !isSpace($0) && $0 != UInt8(ascii: ">") }
        rest = rest[value.endIndex...]
      }
      guard found.count == wanted.count,
        zip(found, wanted).allSatisfy({ ASCII.lowercased($0) == $1 })
      else { continue }
      return HTMLEntities.decode(String(decoding: value, as: UTF8.self))
    }
    return nil
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte <= 0x20 }

  /// The text without markup, on one line.
  static func plain(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    var hidden: String?
    for token in HTMLTokens(bytes) {
      switch token {
      case .text(let run): if hidden == nil { text += run }
      case .comment: break
      case .tag(let name, let isEnd, _):
        text.append(0x20)
        if isEnd, name == hidden {
          hidden = nil
        } else if !isEnd, name == "script" || name == "style" {
          hidden = name
        }
      }
    }
    return CleanText.line(
      HTMLEntities.decode(String(decoding: text, as: UTF8.self)), maximumLength: .max)
  }
}
