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
    if let holds = utf8.withContiguousStorageIfAvailable({ $0.holdDirectionControls }) {
      return holds
    }
    return Array(utf8).withUnsafeBufferPointer { $0.holdDirectionControls }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether the UTF-8 has U+061C, U+200E, U+200F, U+202A to U+202E, or U+2066 to U+2069.
  ///
  /// Every name and title of every page is asked, and nearly all of them are ASCII: that is read in words.
  fileprivate var holdDirectionControls: Bool {
    let raw = UnsafeRawBufferPointer(self)
    var index = 0
    while index < count {
      if index + 8 <= count,
        raw.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
      {
        index += 8
        continue
      }
      if self[index] == 0xE2, index + 2 < count {
        switch (self[index + 1], self[index + 2]) {
        case (0x80, 0x8E...0x8F), (0x80, 0xAA...0xAE), (0x81, 0xA6...0xA9): return true
        default: break
        }
      } else if self[index] == 0xD8, index + 1 < count, self[index + 1] == 0x9C {
        return true
      }
      index += 1
    }
    return false
  }
}
