extension String {
  /// The text with its embeddings, overrides and isolates closed at its end, and without unmatched closing characters.
  ///
  /// Names and titles are parts of other text, whose direction must not change because of an unclosed control in them.
  package var directionBalanced: String {
    guard holdsDirectionControls else { return self }
    var balanced = ""
    // The characters that will close the open controls.
    var open: [Unicode.Scalar] = []
    for scalar in unicodeScalars {
      switch scalar {
      case "\u{202A}", "\u{202B}", "\u{202D}", "\u{202E}": open.append("\u{202C}")
      case "\u{2066}"..."\u{2068}": open.append("\u{2069}")
      case "\u{202C}":
        guard open.last == scalar else { continue }
        open.removeLast()
      case "\u{2069}":
        // The end of an isolate also ends all embeddings in it.
        guard let isolate = open.lastIndex(of: scalar) else { continue }
        open.removeSubrange(isolate...)
      default: break
      }
      balanced.unicodeScalars.append(scalar)
    }
    balanced.unicodeScalars.append(contentsOf: open.reversed())
    return balanced
  }

  /// The text for use in a sentence: isolated if it has a character that changes the direction of text.
  package var directionIsolated: String {
    holdsDirectionControls ? "\u{2068}\(directionBalanced)\u{2069}" : self
  }

  /// Whether the text has a directional mark, embedding, override or isolate (Unicode Standard Annex 9, 2.1 to 2.6).
  private var holdsDirectionControls: Bool {
    // These characters begin with one of two bytes, which Latin text does not have; this test runs for every name and title of
    // every page.
    guard utf8.contains(where: { $0 == 0xE2 || $0 == 0xD8 }) else { return false }
    return unicodeScalars.contains { scalar in
      switch scalar {
      case "\u{061C}", "\u{200E}", "\u{200F}", "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}":
        true
      default: false
      }
    }
  }
}
