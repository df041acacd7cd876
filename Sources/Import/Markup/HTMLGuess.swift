import StoaModel

/// Tells HTML from markdown, for tools that do not say which they hold.
enum HTMLGuess {
  private static let blocks = [
    "p", "div", "blockquote", "ul", "ol", "pre", "table", "br", "section",
  ]

  /// Whether a text is HTML: it begins with a tag that does not begin markdown, or closes a paragraph.
  static func isHTML(_ text: [UInt8]) -> Bool {
    guard text.contains(UInt8(ascii: "<")) else { return false }
    let start = text.drop { $0 == 0x20 || $0 == 0x0A || $0 == 0x09 }
    if start.first == UInt8(ascii: "<"), blocks.contains(tagName(start.dropFirst())) { return true }
    // Markdown between fences may hold any tag.
    let hasFence = contains("```", in: text) || contains("~~~", in: text)
    return !hasFence
      && (contains("</p>", in: text) || contains("<br>", in: text) || contains("<br/>", in: text)
        || contains("<br />", in: text))
  }

  private static func tagName(_ bytes: ArraySlice<UInt8>) -> String {
    let name = bytes.prefix(while: ASCII.isLetter)
    return String(decoding: name, as: UTF8.self).lowercased()
  }

  private static func contains(_ text: String, in bytes: [UInt8]) -> Bool {
    let wanted = Array(text.utf8)
    var from = 0
    while let index = bytes[from...].firstIndex(of: wanted[0]) {
      if bytes[index...].starts(with: wanted) { return true }
      from = index + 1
    }
    return false
  }
}
