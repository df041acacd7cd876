import StoaModel

/// Texts in the form of plain mails.
enum MailText {
  /// With `>` before every line.
  ///
  /// Some mail programs begin a line at any of Unicode's line ends, and the text after it could look like the service's own
  /// words.
  static func quoted(_ text: String) -> String {
    let ends: [Unicode.Scalar] = ["\n", "\u{85}", "\u{2028}", "\u{2029}"]
    return text.unicodeScalars.split(omittingEmptySubsequences: false) { ends.contains($0) }
      .map { "> " + String($0) }.joined(separator: "\n")
  }

  private static let entities: [(name: String, text: String)] = [
    ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&"),
  ]
  private static let blocks: Set<String> = [
    "/p", "br", "/li", "/h1", "/h2", "/h3", "/h4", "/h5", "/h6", "/blockquote", "/pre", "hr", "/tr",
    "/dt", "/dd", "/ul", "/ol",
  ]

  /// The plain text of HTML that the program wrote itself: tags are complete, and no text contains an angle bracket.
  static func plain(_ html: [UInt8]) -> String {
    var text: [UInt8] = []
    var index = 0
    while index < html.count {
      if html[index] == UInt8(ascii: "<"),
        let end = html[index...].firstIndex(of: UInt8(ascii: ">"))
      {
        let name = html[(index + 1)..<end].prefix {
          ASCII.isLetterOrDigit($0) || $0 == UInt8(ascii: "/")
        }
        if blocks.contains(String(decoding: name, as: UTF8.self)), text.last != 0x0A {
          text.append(0x0A)
        }
        index = end + 1
      } else if html[index] == UInt8(ascii: "&"),
        let entity = entities.first(where: { html[index...].starts(with: $0.name.utf8) })
      {
        text += entity.text.utf8
        index += entity.name.utf8.count
      } else {
        text.append(html[index])
        index += 1
      }
    }
    while text.last == 0x0A || text.last == 0x20 { text.removeLast() }
    return String(decoding: text, as: UTF8.self)
  }
}
