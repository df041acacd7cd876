import StoaModel
import StoaParse

/// Parses a text and returns its document.
func document(
  _ markdown: String, as kind: MarkdownText.Kind = .post, footnotePrefix: String = "",
  firstLine: Int = 1, takesTitle: Bool = false, smartPunctuation: Bool = false
) -> Document {
  MarkdownParser.parse(
    MarkdownText(
      kind, bytes: Array(markdown.utf8), footnotePrefix: footnotePrefix, firstLine: firstLine,
      takesTitle: takesTitle, smartPunctuation: smartPunctuation)
  ).document
}

extension Document {
  /// The body with its marks made visible: a slot's token as `⟦a0⟧`.
  var visibleBody: String {
    get throws {
      var shown = ""
      for scalar in String(decoding: try body.load(), as: UTF8.self).unicodeScalars {
        switch scalar {
        case "\u{1}": shown += "⟦"
        case "\u{2}": shown += "⟧"
        case "\u{3}": shown += "⁝"
        default: shown.unicodeScalars.append(scalar)
        }
      }
      return shown
    }
  }
}
