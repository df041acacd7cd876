import StoaModel
import StoaParse

/// Parses a text and returns its document.
func document(
  _ markdown: String, as kind: MarkdownText.Kind = .post, footnotePrefix: String = "",
  firstLine: Int = 1, takesTitle: Bool = false, smartPunctuation: Bool = false,
  math: Bool = false, diagrams: Bool = false
) -> Document {
  MarkdownParser.parse(
    MarkdownText(
      kind, bytes: Array(markdown.utf8), footnotePrefix: footnotePrefix, firstLine: firstLine,
      takesTitle: takesTitle, smartPunctuation: smartPunctuation, math: math, diagrams: diagrams)
  ).document
}

extension Document {
  /// The body with its marks made visible: a slot's token as `⟦a0⟧`.
  var visibleBody: String {
    get throws {
      let marks: [UInt8: String] = [1: "⟦", 2: "⟧", 3: "⁝"]
      var shown: [UInt8] = []
      for byte in try body.load() {
        if let mark = marks[byte] { shown += mark.utf8 } else { shown.append(byte) }
      }
      return String(decoding: shown, as: UTF8.self)
    }
  }
}
