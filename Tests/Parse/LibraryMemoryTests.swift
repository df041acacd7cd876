import Foundation
import StoaModel
import Testing

@testable import StoaParse

/// Stoa gives cmark-gfm memory of its own; malloc is the reference.
@Suite("The memory of a document") struct LibraryMemoryTests {
  /// `make trust` sets 20,000.
  private static let count =
    ProcessInfo.processInfo.environment["STOA_TRUST_DOCUMENTS"].flatMap { Int($0) } ?? 2_000

  @Test("makes no difference to what a document becomes") func difference() throws {
    var markdown = RandomMarkdown(seed: 20_261_129)
    var tried = 0
    defer { print("tried \(tried)") }
    while tried < Self.count {
      let text = markdown.document()
      let kind: MarkdownText.Kind = tried % 3 == 0 ? .response : .post
      try expectSame(MarkdownText(kind, bytes: Array(text.utf8), smartPunctuation: tried % 2 == 0))
      tried += 1
    }
  }

  @Test(
    "holds long lines after each other",
    arguments: [
      "```\n{a}\n{b}\n```", "{a}\n{b}", "- {a}\n- {b}", "|x|\n|-|\n|{a}|\n|{b}|\n|{a}|",
      "> {a}\n> {b}",
      "<div>\n{a}\n{b}\n</div>", "[x]: /y \"{a}\"\n\n[x]", "a[^1]\n\n[^1]: {a}\n    {b}",
    ])
  func longLines(shape: String) throws {
    for length in [6_900, 7_000, 18_000, 20_000, 60_000] {
      let first = String(repeating: "a", count: length)
      let second = String(repeating: "b", count: length)
      let text = shape.replacing("{a}", with: first).replacing("{b}", with: second)
      let bytes = MarkdownText(.post, bytes: Array(text.utf8))
      try expectSame(bytes)
      let document = MarkdownParser.parse(bytes).document
      let shown =
        try document.body.load()
        + document.slots.flatMap { slot -> [UInt8] in
          switch slot.content {
          case .code(_, let text): try text.load()
          case .link(_, let title): Array(title.utf8)
          default: []
          }
        }
      #expect(shown.count { $0 == UInt8(ascii: "a") } >= length)
      if shape.contains("{b}") { #expect(shown.count { $0 == UInt8(ascii: "b") } >= length) }
    }
  }

  private func expectSame(_ text: MarkdownText) throws {
    let own = MarkdownParser.parse(text)
    let reference = MarkdownParser.parseWithLibraryAllocator(text)
    let isSame =
      try own.problem == reference.problem && own.notices == reference.notices
      && digest([own.document]) == digest([reference.document])
    #expect(isSame, "\(String(decoding: text.bytes.prefix(2_000), as: UTF8.self).debugDescription)")
  }
}
