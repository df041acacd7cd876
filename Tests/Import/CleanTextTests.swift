import Testing

@testable import StoaImport

@Suite("A stranger's text, cleaned,") struct CleanTextTests {
  @Test(
    "has what a build takes",
    arguments: [
      ("a\r\nb\rc", "a\nb\nc"), ("\u{FEFF}a\u{0}\u{B}b\tc", "ab\tc"), ("é\u{85}—", "é\u{85}—"),
      (marks(100), marks(100)), (marks(150) + "b" + marks(3), marks(100) + "b" + marks(3)),
    ])
  func cleaning(text: String, clean: String) {
    #expect(CleanText.clean(text.utf8) == Array(clean.utf8))
  }

  @Test("is UTF-8") func encoding() {
    #expect(CleanText.clean([0x61, 0xFF, 0x62]) == Array("a\u{FFFD}b".utf8))
  }

  private static func marks(_ count: Int) -> String {
    "a" + String(repeating: "\u{334}", count: count)
  }
}
