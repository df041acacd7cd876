import Foundation
import StoaImport
import Testing

@Suite("Vaults of notes") struct VaultTests {
  private func importing(
    _ files: [String: String], _ change: (inout ImportOptions) -> Void = { _ in },
    _ check: (SourceFolder, ImportReport) throws -> Void
  ) async throws {
    let source = try SourceFolder(files)
    defer { source.remove() }
    let report = try await source.run(.vault) { options in
      options.git = nil
      change(&options)
    }
    try check(source, report)
    #expect(try await source.errors() == [])
  }

  /// The result for a note's text in a vault with some other notes.
  private func text(_ text: String) async throws -> (String, [String]) {
    var result = ("", [String]())
    try await importing([
      "Home.md": "---\ndate: 2024-01-02\n---\n\(text)\n",
      "Garden/Second note.md":
        "---\ndate: 2024-01-02\naliases: [The second]\n---\n\n## Deep heading\n\nText. ^abc\n",
      "Hidden.md": "---\npublish: false\n---\n\nSecret.\n",
      "files/pic one.png": "PNG", "files/talk.pdf": "PDF", "files/song.mp3": "MP3",
    ]) { (source, report) throws in
      let path = source.text("content/posts/home.md") == nil ? "home/index" : "home"
      result = (try source.body("content/posts/\(path).md"), report.notes(on: "Home.md"))
      #expect(source.text("content/posts/hidden.md") == nil)
    }
    return result
  }

  @Test(
    "have links, marks and tags that everybody's markdown has",
    arguments: [
      ("[[Second note]]", "[Second note](garden/second-note.md)"),
      (
        "[[Garden/Second note|shown]] [[second note.md]]",
        "[shown](garden/second-note.md) [second note.md](garden/second-note.md)"
      ),
      (
        "[[The second]] [[Second note#Deep heading]]",
        "[The second](garden/second-note.md) [Second note > Deep heading](garden/second-note.md#deep-heading)"
      ),
      (
        "[[Second note#^abc]] [[#Here]]",
        "[Second note > ^abc](garden/second-note.md) [Here](#here)"
      ),
      ("[x](Garden/Second%20note.md#Deep%20heading)", "[x](garden/second-note.md#deep-heading)"),
      (
        "![[Second note]] [[Missing]] [[Hidden|h]]",
        "[Second note](garden/second-note.md) Missing h"
      ),
      (
        "![[pic one.png|200]] ![[pic one.png|A|100]]",
        "![|200](<pic one.png>) ![A|100](<pic one.png>)"
      ),
      (
        "![](files/pic%20one.png) [[talk.pdf]] ![[song.mp3]]",
        "![](<pic one.png>) [talk.pdf](talk.pdf) ![](song.mp3)"
      ),
      ("==marked *words*== and a == b", "<mark>marked *words*</mark> and a == b"),
      ("one %%hidden%% two\n%%\nall hidden\n%%\nthree", "one  two\nthree"),
      ("`%%code%% [[x]] ==y== #z`", "`%%code%% [[x]] ==y== #z`"),
      ("#garden/roses and #12 and a#b", "[[topic:garden/roses|#garden/roses]] and #12 and a#b"),
      ("A block. ^id-1\n\nx^2^", "A block.\n\nx^2^"),
      ("note^[inline *one*] end", "note[^note-1] end\n\n[^note-1]: inline *one*"),
      ("> [!tip]- Folded\n> text", "> [!tip]- Folded\n> text"),
      ("- [x] done\n- [ ] open", "- [x] done\n- [ ] open"),
    ])
  func syntax(written: String, expected: String) async throws {
    #expect(try await text(written).0 == expected)
  }

  @Test("say what readers of the vault would miss")
  func notes() async throws {
    let (_, notes) = try await text(
      "![[Second note]] [[Missing]] %%a%% [[Second note#^abc]]\n\n```dataview\nLIST\n```")
    #expect(
      Set(notes) == [
        "a note that was shown within this one is a link to it now",
        "“Missing” is not in the vault",
        "a comment between %% was left out", "a link to a block leads to its page",
        "the block “dataview” is a plugin's, and shows its source",
      ])
  }

  @Test("account for every file, and keep folders, days and pictures", arguments: [false, true])
  func files(flattens: Bool) async throws {
    let folder = flattens ? "content/posts" : "content/posts/daily"
    let flatten: (inout ImportOptions) -> Void = { $0.flattens = flattens }
    try await importing(
      [
        "Daily/2024-05-06.md": "---\ntags: a b/c\n---\nSaw ![[pic.png]].\n",
        "Daily/Other.md":
          "---\ncreated: 2024-05-07T10:00\nupdated: 2024-05-08\nauthor: Ada\n---\n# Big title\n\n![[pic.png]]\n",
        "Board.canvas": "{}", "unused.zip": "Z", "pic.png": "PNG",
        "Draw.excalidraw.md": "---\nexcalidraw-plugin: parsed\n---\nx\n",
        ".obsidian/app.json": "{}", ".trash/old.md": "old",
      ], flatten
    ) { (source, report) throws in
      #expect(report.sum("post") == [3, 2, 0, 1])
      #expect(report.sum("file") == [2, 1, 0, 1])
      #expect(report.sum("canvas") == [1, 0, 0, 1])
      let day = try source.matter("\(folder)/2024-05-06/index.md")
      #expect(day.contains("title: 2024-05-06") || day.contains("title: '2024-05-06'"))
      #expect(day.contains("date: 2024-05-06"))
      #expect(report.notes(on: "Daily/2024-05-06.md").contains("a daily note"))
      #expect(try source.matter("content/topics/b-c.md").contains("parent: b"))
      let other = try source.matter("\(folder)/other/index.md")
      #expect(other.contains("title: Big title") && other.contains("author: Ada"))
      #expect(source.text("\(folder)/other/pic.png") == "PNG")
      #expect(source.text("\(folder)/2024-05-06/pic.png") == "PNG")
    }
  }

  @Test(
    "of Logseq keep the words of a hidden note's blocks in it",
    arguments: ["private:: true", "public:: false", "draft:: true"])
  func hiddenBlocks(property: String) async throws {
    let id = "65f0c1de-1234-4abc-8def-0123456789ab"
    try await importing([
      "logseq/config.edn": "{}",
      "pages/Secret.md": "\(property)\n\n- Whispered words\n  id:: \(id)\n",
      "pages/Open.md": "- Open words ((\(id)))\n",
    ]) { (source, report) throws in
      let files = try source.files().filter { $0.key.hasSuffix("open.md") }
      #expect(files.count == 1 && files.values.allSatisfy { $0.contains("Open words") })
      #expect(!files.values.contains { $0.contains("Whispered") })
    }
  }

  @Test("of Logseq have its properties, tasks and blocks")
  func logseq() async throws {
    try await importing([
      "logseq/config.edn": "{}",
      "journals/2024_05_06.md":
        "- TODO call [[Ada]] #[[two words]]\n- see ((12345678-1234-1234-1234-123456789abc))\n",
      "pages/Ada.md":
        "title:: Ada Byron\ntags:: people, maths\nalias:: Countess\n\n- DONE wrote\n  id:: 12345678-1234-1234-1234-123456789abc\n  collapsed:: true\n- [[Countess]]\n",
      "pages/a___b.md": "- below\n",
    ]) { (source, report) throws in
      #expect(report.sum("post") == [3, 3, 0, 0])
      let journal = try source.body("content/posts/journals/2024-05-06.md")
      #expect(journal.hasPrefix("- [ ] call [Ada](../pages/ada.md) [[topic:two words|#two words]]"))
      #expect(journal.contains("see [DONE wrote](../pages/ada.md)"))
      let ada = try source.matter("content/posts/pages/ada.md")
      #expect(ada.contains("title: Ada Byron") && ada.contains("  - people"))
      #expect(try source.body("content/posts/pages/ada.md") == "- [x] wrote\n- [Countess](ada.md)")
      #expect(try source.matter("content/posts/pages/b.md").contains("title: 'a/b'"))
    }
  }

  @Test("that are hostile cost no time, and nothing outside is read")
  func hostile() async throws {
    var files = ["a.md": "![[../../etc/passwd]] [[/etc/passwd]] ![x](../../../etc/passwd)\n"]
    for (index, piece) in ["[[", "![[", "==", "%%", "^[", "#a/", "((", "[[a|", "`=="].enumerated() {
      files["n\(index).md"] = String(repeating: piece + "x ", count: 4_000)
    }
    try await importing(files) { (source, report) throws in
      #expect(report.sum("post") == [10, 10, 0, 0])
      let everything = try source.files().values.joined()
      #expect(!everything.contains("root:x:"))
    }
  }
}
