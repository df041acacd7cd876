import StoaModel
import StoaTestSupport
import Testing

@Suite("A text with direction controls") struct DirectionControlTests {
  private static let controls: [Unicode.Scalar] = [
    "\u{202A}", "\u{202B}", "\u{202C}", "\u{202D}", "\u{202E}", "\u{2066}", "\u{2067}", "\u{2068}",
    "\u{2069}", "\u{200E}", "\u{200F}", "\u{61C}", "a", "א",
  ]

  @Test(
    "closes what it opens, and nothing else",
    arguments: [
      ("abc", "abc"), ("\u{202E}abc", "\u{202E}abc\u{202C}"), ("a\u{202C}b\u{2069}", "ab"),
      ("\u{2067}a\u{202A}b", "\u{2067}a\u{202A}b\u{202C}\u{2069}"),
      ("\u{2067}a\u{202A}b\u{2069}c", "\u{2067}a\u{202A}b\u{2069}c"),
      ("\u{202A}a\u{2067}b\u{202C}c", "\u{202A}a\u{2067}bc\u{2069}\u{202C}"),
      ("\u{200F}a", "\u{200F}a"),
    ])
  func balanced(_ text: String, _ balanced: String) {
    #expect(text.directionBalanced.unicodeScalars.elementsEqual(balanced.unicodeScalars))
  }

  @Test("is isolated wherever the control is in it, and not for its neighbours", arguments: 0...20)
  func places(offset: Int) {
    let (before, after) = (String(repeating: "a", count: offset), "bc")
    for scalar in (0x600...0x700).scalars + (0x2000...0x2100).scalars {
      let text = before + String(scalar) + after
      let isControl = Self.controls.dropLast(2).contains(scalar)
      #expect(text.directionIsolated.unicodeScalars.elementsEqual(text.unicodeScalars) != isControl)
    }
  }

  @Test("leaves no level open, however many there are, and stays as it is once it is balanced")
  func depth() {
    var random = RandomNumbers(seed: 7)
    for _ in 0..<2000 {
      var text = ""
      for _ in 0..<12 { text.unicodeScalars.append(random.element(of: Self.controls)) }
      #expect(Self.depths(text.directionBalanced) == [])
      #expect(
        text.directionBalanced.directionBalanced.unicodeScalars
          .elementsEqual(text.directionBalanced.unicodeScalars))
      #expect(Self.depths(text.directionIsolated) == [])
    }
  }

  /// The controls that are open at the end, by Unicode Standard Annex 9 (rules X1 to X8); a closing character without an
  /// opening one counts, too.
  private static func depths(_ text: String) -> [Unicode.Scalar] {
    var open: [Unicode.Scalar] = []
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x202A, 0x202B, 0x202D, 0x202E, 0x2066...0x2068: open.append(scalar)
      case 0x202C:
        guard let last = open.last, last.value < 0x2066 else { return [scalar] }
        open.removeLast()
      case 0x2069:
        while let last = open.last, last.value < 0x2066 { open.removeLast() }
        guard open.popLast() != nil else { return [scalar] }
      default: break
      }
    }
    return open
  }
}

extension ClosedRange<UInt32> {
  /// The scalars in a range.
  fileprivate var scalars: [Unicode.Scalar] { compactMap { Unicode.Scalar($0) } }
}
