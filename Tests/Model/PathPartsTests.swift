import Testing

@testable import StoaModel

@Suite("Parts of a path")
struct PathPartsTests {
  @Test("are found by bytes")
  func accents() {
    #expect("a/../\u{301}b".pathParts() == ["a", "..", "\u{301}b"])
    #expect("/\u{338}../c".pathParts() == ["\u{338}..", "c"])
  }

  @Test("are empty between two slashes, where that is asked for")
  func empty() {
    #expect("/a//b/".pathParts() == ["a", "b"])
    #expect("/a//b/".pathParts(keepingEmpty: true) == ["", "a", "", "b", ""])
    #expect("".pathParts(keepingEmpty: true) == [""])
  }
}
