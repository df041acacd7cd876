internal import StoaLink
internal import StoaModel

extension Rule {
  /// An `@name` in a text that is nobody's handle, and one letter away from somebody's: whoever was meant is not told.
  ///
  /// Most other words with an at sign before them are meant for nobody here, and a slip in a short one may be a name of its own.
  internal static let misspeltMention = Rule(
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
    var uses: [String: [SourceLocation]] = [:]
    for text in community.texts {
      for (slot, target) in zip(text.body.document.slots, text.body.targets) {
        guard case .mention(let handle) = slot.content, case .unresolved = target else { continue }
        uses[handle, default: []].append(
          SourceLocation(file: text.file, line: slot.line, column: slot.column))
      }
    }
    let unknown = uses.keys.sorted { $0.precedes($1) }
    var meant: [String: String] = [:]
    let words = handles + unknown.map { $0.lowercased() }
    for (person, word) in SlipIndex.pairs(in: words, minimumLength: 5)
    where person < handles.count && word >= handles.count {
      let handle = unknown[word - handles.count]
      meant[handle] = meant[handle] ?? handles[person]
    }
    return unknown.flatMap { handle in
      guard let name = meant[handle] else { return [Diagnostic]() }
      return (uses[handle] ?? []).map { place in
        Diagnostic(
          .misspeltMention, at: place, "nobody is called “\(handle)”",
          suggestion: "did you mean “@\(name)”? A backslash before it keeps it plain text")
      }
    }
  }
}
