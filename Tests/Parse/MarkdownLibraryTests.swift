import Testing

@testable import StoaParse

@Suite("Versions of the library") struct MarkdownLibraryTests {
  @Test(
    "lack fixes below the one that has all of them",
    arguments: [
      ("0.29.0.gfm.6", true), ("0.29.0.gfm.12", true), ("0.29.0.gfm.13", false),
      ("0.29.0.gfm.14", false), ("0.30.0.gfm.1", false), ("1.0.0.gfm.0", false),
    ])
  func age(version: String, lacksFixes: Bool) {
    #expect(MarkdownLibrary.lacksFixes(version) == lacksFixes)
  }
}
