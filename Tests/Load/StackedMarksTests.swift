import StoaModel
import Testing

@testable import StoaLoad

@Suite("Marks on one letter") struct StackedMarksTests {
  /// Each with the place of the first mark beyond the limit: after a letter and a hundred marks of two bytes.
  @Test(
    "are counted",
    arguments: [
      ("plain", nil), ("Ünï, एकता, שָׁלוֹם, việt", nil), (marks(100), nil), (marks(101), 201),
      ("é\n" + marks(101), 204),
      (String(repeating: "字", count: 500) + "é " + marks(100) + marks(101), 1_905),
      (marks(60) + marks(60), nil),
      ("a" + String(repeating: "\u{20DD}", count: 200), nil),
    ] as [(String, Int?)])
  func offset(text: String, offset: Int?) {
    #expect(StackedMarks.offset(in: Array(text.utf8)) == offset)
  }

  @Test("are told with their place, where there are too many") func diagnostic() {
    let bytes = Array("a\nb: \(Self.marks(101))\n".utf8)
    let problem = SourceBytes.problem(in: bytes, file: "a.md", maximumLineLength: 1_000)
    #expect(problem?.code == .tooManyMarks)
    #expect(problem?.location.line == 2 && problem?.location.column == 205)
  }

  /// In an order that canonical ordering would have to change.
  private static func marks(_ count: Int) -> String {
    var text = "a"
    for index in 0..<count {
      text.unicodeScalars.append(index < count / 2 ? "\u{345}" : "\u{334}")
    }
    return text
  }
}
