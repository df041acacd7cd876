import StoaLink
import StoaModel

extension Rule {
  /// An image lacks a text for readers who cannot see it.
  static let missingAlternative = Rule(
    .missingAlternative,
    passing: [
      [
        "content/posts/a/index.md": Example.post("![The tower](tower.png)", title: "A bell"),
        "content/posts/a/tower.png": "",
      ],
      .post("`![](tower.png)` is how an image is written."),
    ],
    failing: [
      [
        "content/posts/a/index.md": Example.post("See ‸![](tower.png) here.", title: "A bell"),
        "content/posts/a/tower.png": "",
      ],
      [
        "content/pages/about.md": "---\ntitle: About\n---\n\n‸![ ](/seal.png)\n",
        "content/static/seal.png": "",
      ],
    ]
  ) { community in
    community.mainTexts.flatMap { text in
      text.body.document.slots.compactMap { slot -> Diagnostic? in
        let (address, alternative, better): (String, String, String)
        switch slot.content {
        case .image(let name, let words, _, _, _):
          (address, alternative, better) = (name, words, "![what it shows](\(name))")
        case .embed(let name, let words, _, _):
          (address, alternative, better) = (name, words, "![[\(name)|what it shows]]")
        default: return nil
        }
        // Audio and video get their file's name.
        guard alternative.allSatisfy(\.isWhitespace), Medium(ofFile: address)?.isPlayed != true
        else {
          return nil
        }
        return Diagnostic(
          .missingAlternative,
          at: SourceLocation(file: text.file, line: slot.line, column: slot.column),
          "the image “\(address)” has no text for people who cannot see it",
          suggestion: "write what it shows: \(better)")
      }
    }
  }
}
