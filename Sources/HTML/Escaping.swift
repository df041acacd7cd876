extension ByteBuffer {
  /// Appends text escaped for HTML, inside elements and inside quoted attributes alike.
  package mutating func writeEscaped(_ text: String) {
    var text = text
    text.withUTF8 { writeEscaped($0) }
  }

  /// Appends UTF-8 escaped for HTML. Bytes, not Characters: a quotation mark stays one whatever combines with it.
  package mutating func writeEscaped(_ text: UnsafeBufferPointer<UInt8>) {
    var start = 0
    for index in text.indices {
      let replacement: StaticString
      switch text[index] {
      case UInt8(ascii: "&"): replacement = "&amp;"
      case UInt8(ascii: "<"): replacement = "&lt;"
      case UInt8(ascii: ">"): replacement = "&gt;"
      case UInt8(ascii: "\""): replacement = "&quot;"
      case UInt8(ascii: "'"): replacement = "&#39;"
      default: continue
      }
      bytes.append(contentsOf: text[start..<index])
      write(replacement)
      start = index + 1
    }
    bytes.append(contentsOf: text[start...])
  }
}
