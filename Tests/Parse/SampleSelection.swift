import Foundation
import StoaLoad
import StoaModel
import StoaParse
import StoaTestSupport

@testable import StoaSelect

/// A selection of posts and responses with these texts.
func selection(posts: [String], responses: [String] = []) -> Selected {
  var selected = Selected(
    BuildFacts(
      settings: Settings(), audience: Audience(rank: 0),
      asOf: Timestamp(seconds: 0, offset: 0, isDay: true), root: "/"))
  for (index, text) in posts.enumerated() {
    selected.posts.append(
      item(Post(slug: "p\(index)", file: "content/posts/p\(index).md"), text))
  }
  for (index, text) in responses.enumerated() {
    let file = "content/responses/p0/r\(index).md"
    selected.responses.append(item(Response(postSlug: "p0", id: "r\(index)", file: file), text))
  }
  return selected
}

private func item<Item>(_ item: Item, _ text: String) -> SelectedItem<Item> {
  SelectedItem(
    item: item,
    text: SourceText(
      bytes: .memory(Array(text.utf8)), firstLine: 4,
      fileDigest: SHA256.digest(of: Array(text.utf8))),
    audience: Audience(rank: 0), status: nil)
}

/// Texts of many kinds, the same in every run.
func generatedTexts(_ count: Int) -> [String] {
  (0..<count).map { number in
    """
    # Heading \(number)

    Text \(number) with [[p\(number / 2)]], @someone, [a link](../p\(number).md) and a note[^1].

    ```swift
    let number = \(number)
    ```

    \(String(repeating: "More *words* of `no` interest. ", count: number % 40))

    [^1]: The note of \(number).
    """
  }
}

/// Everything in a document, to compare documents wherever their bodies are stored.
func digest(_ documents: [Document]) throws -> [String] {
  try documents.map { document in
    var lines = [
      try document.visibleBody, document.leadingTitle, document.summary, "\(document.wordCount)",
      "\(document.headings)",
    ]
    for slot in document.slots {
      if case .code(let language, let text) = slot.content {
        lines.append("\(language) \(try text.load())")
      } else {
        lines.append("\(slot.content)")
      }
      lines.append("\(slot.line):\(slot.column) \(slot.context)")
    }
    return lines.joined(separator: "\n")
  }
}
