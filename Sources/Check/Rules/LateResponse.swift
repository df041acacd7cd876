import StoaLink
import StoaModel

extension Rule {
  /// A response was added to a closed conversation.
  ///
  /// With a closing day, each response with a later date is reported. Without one, the late responses are unknown, so only the
  /// newest response is reported.
  static let lateResponse = Rule(
    .lateResponse,
    passing: [
      [
        "content/posts/a.md": closed("closed 2026-03-05"),
        "content/responses/a/1.md":
          "---\nguest: Ada\ndate: 2026-03-05T23:00:00Z\n---\n\nIt rang.\n",
      ],
      [
        "content/posts/a.md": closed("closed"),
        "content/posts/b.md": closed("open"),
        "content/responses/b/1.md": "---\nguest: Ada\ndate: 2026-03-05\n---\n\nIt rang.\n",
      ],
    ],
    failing: [
      [
        "content/posts/a.md": closed("closed 2026-03-05"),
        "content/responses/a/1.md": "---\nguest: Ada\ndate: 2026-03-05\n---\n\nIt rang.\n",
        "content/responses/a/2.md": "‸---\nguest: Ada\ndate: 2026-03-06\n---\n\nIt rang again.\n",
        "content/responses/a/3.md": "‸---\nguest: Ada\ndate: 2026-03-07\n---\n\nAnd again.\n",
      ],
      [
        "content/posts/a.md": closed("closed"),
        "content/responses/a/1.md": "---\nguest: Ada\ndate: 2026-03-05\n---\n\nIt rang.\n",
        "content/responses/a/2.md": "‸---\nguest: Ada\ndate: 2026-03-06\n---\n\nIt rang again.\n",
      ],
    ]
  ) { community in
    community.conversations.flatMap { conversation -> [Diagnostic] in
      guard !conversation.post.acceptsResponses else { return [] }
      let responses = conversation.responses.filter(\.isCounted)
      guard let closing = conversation.post.closedOn else {
        let newest = responses.max { $0.date < $1.date }
        return newest.map { [diagnostic($0, "the conversation is closed", Self.advice($0.date))] }
          ?? []
      }
      return responses.filter { closing.isBefore($0.date) }.map {
        diagnostic(
          $0, "the conversation was closed on \(closing.machineReadable)",
          "take the response out, or open the conversation")
      }
    }
  }

  private static func advice(_ date: Timestamp) -> String {
    "take the response out, or write in the post when it was closed, such as responses: closed \(date.day)"
  }

  private static func diagnostic(
    _ response: ThreadedResponse, _ message: String, _ suggestion: String
  ) -> Diagnostic {
    Diagnostic(
      .lateResponse, at: SourceLocation(file: response.response.file, line: 1, column: 1),
      "\(message), and this is a response to it", suggestion: suggestion)
  }

  private static func closed(_ responses: String) -> String {
    "---\ntitle: A bell\nauthor: Maren\ndate: 2026-03-04\nresponses: \(responses)\n---\n\nText.\n"
  }
}
