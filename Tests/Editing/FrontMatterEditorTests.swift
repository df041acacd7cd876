import Testing

@testable import StoaEditing

@Suite("Front matter that is changed") struct FrontMatterEditorTests {
  private func editor(_ yaml: String, newline: String = "\n") throws -> FrontMatterEditor {
    let text = "---\n\(yaml)\n---\n\nText.\n".split(
      separator: "\n", omittingEmptySubsequences: false
    )
    .joined(separator: newline)
    return try #require(FrontMatterEditor(Array(text.utf8)))
  }

  private func yaml(_ editor: FrontMatterEditor) -> String {
    let text = String(decoding: editor.bytes, as: UTF8.self)
    let start = text.utf8.index(text.startIndex, offsetBy: 4)
    let end = text.firstRange(of: "\n---\n")?.lowerBound ?? text.endIndex
    return String(text[start..<end])
  }

  @Test(
    "has one name instead of another, however it is written",
    arguments: [
      ("author: ada", "author: bo"), ("author: 'ada'  # her", "author: 'bo'  # her"),
      ("author: \"ada\"", "author: \"bo\""), ("author: [x, ada, y]", "author: [x, bo, y]"),
      ("author:\n  - x\n  - ada # her\ntitle: ada", "author:\n  - x\n  - bo # her\ntitle: ada"),
      ("author: [\"ada\",\n  x]", "author: [\"bo\",\n  x]"),
    ])
  func replaced(_ before: String, _ after: String) throws {
    var editor = try editor(before)
    let changed = editor.change { $0.key == "author" && $0.text == "ada" ? .replace("bo") : .keep }
    #expect(changed.count == 1 && changed.failures.isEmpty)
    #expect(yaml(editor) == after)
  }

  @Test(
    "has an item less",
    arguments: [
      ("a: [x, ada, y]", "a: [x, y]"), ("a: [x, ada]", "a: [x]"), ("a: [ada, x]", "a: [x]"),
      ("a:\n  - x\n  - ada\nb: c", "a:\n  - x\nb: c"), ("b: c\na: ada", "b: c"),
      ("b: c\na:\n- ada\nd: e", "b: c\nd: e"),
    ])
  func removed(_ before: String, _ after: String) throws {
    var editor = try editor(before)
    let changed = editor.change { $0.text == "ada" ? .remove : .keep }
    #expect(changed.count == 1)
    #expect(yaml(editor) == after)
  }

  @Test(
    "has an item more",
    arguments: [
      ("b: c", "b: c\na:\n  - /new/"), ("a: x\nb: c", "a: [x, /new/]\nb: c"),
      ("a: [x, y]", "a: [x, y, /new/]"), ("a: []\nb: c", "b: c\na:\n  - /new/"),
      ("a:\n- x # why\nb: c", "a:\n- x # why\n- /new/\nb: c"), ("a:\nb: c", "b: c\na:\n  - /new/"),
    ])
  func appended(_ before: String, _ after: String) throws {
    var editor = try editor(before)
    let isDone = editor.append("/new/", to: "a")
    #expect(isDone)
    #expect(yaml(editor) == after)
  }

  @Test("keeps its line ends, and quotes what YAML would read otherwise") func lineEnds() throws {
    var editor = try editor("a: x", newline: "\r\n")
    let isDone = editor.append("no", to: "b") && editor.set("c", "日本")
    #expect(isDone)
    #expect(
      String(decoding: editor.bytes, as: UTF8.self)
        == "---\r\na: x\r\nb:\r\n  - 'no'\r\nc: 日本\r\n---\r\n\r\nText.\r\n")
  }
}
