import StoaAddresses
import StoaLink
import StoaModel

extension Rule {
  /// Two posts or pages have the same title: readers cannot distinguish them in lists, and links cannot name either by its title.
  static let duplicateTitle = Rule(
    .duplicateTitle,
    passing: [
      [
        "content/posts/a.md": Example.post("Text.", title: "A bell"),
        "content/posts/b.md": Example.post("Text.", title: "Another bell"),
      ]
    ],
    failing: [
      [
        "content/posts/a.md": Example.post("Text.", title: "A bell"),
        "content/posts/b.md":
          "---\ntitle: ‸a  Bell\nauthor: Maren\ndate: 2026-03-05\n---\n",
      ],
      [
        "content/pages/a.md": "---\ntitle: A bell\n---\n\nText.\n",
        "content/posts/b.md": "‸---\nauthor: Maren\ndate: 2026-03-05\n---\n# A bell\n",
      ],
    ]
  ) { community in
    var owners: [NameKey: String] = [:]
    for page in community.pages { owners[NameKey(page.title)] = page.page.file }
    var diagnostics: [Diagnostic] = []
    // The oldest keeps its title: the author of the newer one is more likely to be available to choose another.
    for conversation in community.conversations.reversed() {
      let file = conversation.post.file
      if let other = owners.updateValue(file, forKey: NameKey(conversation.title)) {
        diagnostics.append(
          Diagnostic(
            .duplicateTitle,
            at: conversation.post.title?.location
              ?? SourceLocation(file: file, line: 1, column: 1),
            "“\(conversation.title)” is also the title of \(other)",
            suggestion: "give one of the two a title of its own",
            notes: [Diagnostic.Note("first used here", at: SourceLocation(file: other))]))
      }
    }
    return diagnostics
  }
}
