import StoaLink
import StoaModel

extension Rule {
  /// A response has no content.
  static let emptyResponse = Rule(
    .emptyResponse,
    passing: [
      [
        "content/posts/a.md": Example.post("Text.", title: "A bell"),
        "content/responses/a/1.md": "---\nguest: Ada\ndate: 2026-03-05\n---\n\nIt rang.\n",
        "content/responses/a/2.md": "---\ndate: 2026-03-05\nremoved: spam\n---\n",
        "content/responses/a/3.md": "---\nguest: Ada\ndate: 2026-03-05\nkind: mention\n---\n",
      ]
    ],
    failing: [
      [
        "content/posts/a.md": Example.post("Text.", title: "A bell"),
        "content/responses/a/1.md": "‸---\nguest: Ada\ndate: 2026-03-05\n---\n\n",
      ]
    ]
  ) { community in
    community.conversations.flatMap { conversation in
      conversation.responses.compactMap { response -> Diagnostic? in
        guard response.isCounted, response.body.document.body.count == 0,
          !response.body.document.isUnread
        else { return nil }
        return Diagnostic(
          .emptyResponse, at: SourceLocation(file: response.response.file, line: 1, column: 1),
          "the response is empty",
          suggestion:
            "write its text, or mark it as removed: with a reason")
      }
    }
  }
}
