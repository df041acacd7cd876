import StoaLink
import StoaModel

extension Rule {
  /// A heading is more than one level below the previous one: readers who navigate by headings miss a level.
  static let headingJump = Rule(
    .headingJump,
    passing: [
      .post("## Casting\n\n### Bronze\n\n#### Tin\n\n## Hanging"),
      ["content/posts/a.md": "---\nauthor: Maren\ndate: 2026-03-04\n---\n# A bell\n\n## Casting\n"],
    ],
    failing: [
      .post("## Casting\n\n‸#### Tin"),
      .post("‸### Bronze\n\n## Hanging"),
    ]
  ) { community in
    community.mainTexts.flatMap { text in
      // The page's own title is its level-1 heading.
      var level = 1
      return text.body.document.headings.compactMap { heading -> Diagnostic? in
        defer { level = heading.level }
        guard heading.level > level + 1 else { return nil }
        return Diagnostic(
          .headingJump, at: SourceLocation(file: text.file, line: heading.line, column: 1),
          "the heading “\(heading.text)” has level \(heading.level), and the one before it has level \(level)",
          suggestion: "make it level \(level + 1)")
      }
    }
  }
}
