import StoaModel

/// Moves punctuation at the edges of emphasis out of it where a word touches it from outside: markdown's marks would not count there.
///
/// `<b>Note:</b>this` is `**Note:**this`, which shows its stars; `**Note**:this` does not.
enum EmphasisEdges {
  private static let names: Set = ["b", "strong", "em", "i"]

  static func mended(_ html: [UInt8]) -> [UInt8] {
    guard
      html.contains(text: "<b") || html.contains(text: "<strong") || html.contains(text: "<em")
        || html.contains(text: "<i")
    else { return html }
    var pieces: [[UInt8]] = []
    var kinds: [Kind] = []
    for token in HTMLTokens(html) {
      switch token {
      case .text(let bytes):
        pieces.append(Array(bytes))
        kinds.append(.text)
      case .comment(let bytes):
        pieces.append(Array(bytes))
        kinds.append(.other)
      case .tag(let name, let isEnd, let bytes):
        pieces.append(Array(bytes))
        kinds.append(names.contains(name) ? isEnd ? .end : .begin : .other)
      }
    }
    for index in kinds.indices where index > 0 && index + 1 < kinds.count {
      guard kinds[index - 1] == .text, kinds[index + 1] == .text else { continue }
      switch kinds[index] {
      case .end where begins(pieces[index + 1], with: isWord):
        let moved = trailingPunctuation(of: pieces[index - 1])
        guard !moved.isEmpty else { continue }
        pieces[index - 1].removeLast(moved.count)
        pieces[index + 1].insert(contentsOf: moved, at: 0)
      case .begin where ends(pieces[index - 1], with: isWord):
        let moved = leadingPunctuation(of: pieces[index + 1])
        guard !moved.isEmpty else { continue }
        pieces[index + 1].removeFirst(moved.count)
        pieces[index - 1] += moved
      default: continue
      }
    }
    return Array(pieces.joined())
  }

  private enum Kind {
    case text
    case begin
    case end
    case other
  }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    !scalar.properties.isWhitespace && !isPunctuation(scalar) && scalar != "&"
  }

  private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII {
      let byte = UInt8(truncatingIfNeeded: scalar.value)
      return byte > 0x20 && byte < 0x7F && !ASCII.isLetterOrDigit(byte)
    }
    switch scalar.properties.generalCategory {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
      .initialPunctuation, .finalPunctuation, .otherPunctuation:
      return true
    default: return false
    }
  }

  private static func begins(_ text: [UInt8], with test: (Unicode.Scalar) -> Bool) -> Bool {
    String(decoding: text.prefix(4), as: UTF8.self).unicodeScalars.first.map(test) ?? false
  }

  private static func ends(_ text: [UInt8], with test: (Unicode.Scalar) -> Bool) -> Bool {
    last(of: text[...]).map(test) ?? false
  }

  /// The last character; nil if the bytes do not end with a whole one.
  private static func last(of text: ArraySlice<UInt8>) -> Unicode.Scalar? {
    guard let start = text.lastIndex(where: { $0 & 0xC0 != 0x80 }) else { return nil }
    return String(validating: text[start...], as: UTF8.self)?.unicodeScalars.first
  }

  /// Punctuation at the end, without a semicolon, which may end a character reference.
  private static func trailingPunctuation(of text: [UInt8]) -> ArraySlice<UInt8> {
    var rest = text[...]
    while let scalar = last(of: rest), scalar != ";", isPunctuation(scalar) {
      rest = rest.dropLast(UTF8.width(scalar))
    }
    return text[rest.endIndex...]
  }

  private static func leadingPunctuation(of text: [UInt8]) -> ArraySlice<UInt8> {
    var end = 0
    for scalar in String(decoding: text.prefix(64), as: UTF8.self).unicodeScalars {
      guard isPunctuation(scalar), scalar != "&" else { break }
      end += UTF8.width(scalar)
    }
    return text.prefix(min(end, text.count))
  }
}
