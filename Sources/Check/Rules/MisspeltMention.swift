import StoaLink
import StoaModel

extension Rule {
  /// An `@name` is not a contributor's handle but one letter away from one: the person who was meant is not notified.
  ///
  /// Most other words after an at sign are not mentions, and a short word that looks misspelt may be another name.
  static let misspeltMention = Rule(
    .misspeltMention,
    passing: [
      .post("Thanks @maren, and @henrik, and \\@marne. `@marne` and @Override are code."),
      [
        "content/posts/a.md": Example.post("Thanks @jan.", title: "A bell"),
        "content/contributors/jun.md": "---\nname: Jun\n---\n",
      ],
    ],
    failing: [
      .post("Thanks ‸@marne, ‸@Marren and @maren; once more ‸@marne."),
      [
        "content/posts/a.md": Example.post("A bell.", title: "A bell"),
        "content/responses/a/1.md":
          "---\nauthor: Henrik Dahl\ndate: 2026-03-04\n---\n\nAsk ‸@henrik-dal or @henrik.\n",
      ],
    ]
  ) { community in
    let handles = community.contributors.map(\.handle)
    let index = SlipIndex(handles, minimumLength: 5)
    var meant: [String: Int?] = [:]
    return community.texts.flatMap { text in
      zip(text.body.document.slots, text.body.targets).compactMap { slot, target -> Diagnostic? in
        guard case .mention(let handle) = slot.content, case .unresolved = target else {
          return nil
        }
        let known = meant[handle] ?? index.first(near: handle.lowercased())
        meant[handle] = .some(known)
        guard let known else { return nil }
        return Diagnostic(
          .misspeltMention,
          at: SourceLocation(file: text.file, line: slot.line, column: slot.column),
          "there is no contributor “\(handle)”",
          suggestion:
            "did you mean “@\(handles[known])”? A backslash before it keeps it plain text")
      }
    }
  }
}
