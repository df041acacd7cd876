import StoaAddresses
import StoaLink
import StoaModel

extension Rule {
  /// A conversation has the same response by the same person twice, for instance because a form was sent twice.
  static let repeatedResponse = Rule(
    .repeatedResponse,
    passing: [
      [
        "content/posts/a.md": Example.post("Text.", title: "A bell"),
        "content/responses/a/1.md": response("Ada", "It rang."),
        "content/responses/a/2.md": response("Bo", "It rang."),
        "content/responses/a/3.md": response("Ada", "It rung."),
        "content/responses/a/4.md": response("Ada", "[It](https://bell.example/1)"),
        "content/responses/a/5.md": response("Ada", "[It](https://bell.example/2)"),
        "content/posts/b.md": Example.post("Text.", title: "Another bell"),
        "content/responses/b/1.md": response("Ada", "It rang."),
      ]
    ],
    failing: [
      [
        "content/posts/a.md": Example.post("Text.", title: "A bell"),
        "content/responses/a/1.md": response("Ada", "It [rang](https://bell.example/)."),
        "content/responses/a/2.md": "‸" + response("ada", "It [rang](https://bell.example/)."),
        "content/responses/a/3.md": "‸" + response("Ada", "It [rang](https://bell.example/)."),
      ]
    ]
  ) { community in
    community.conversations.flatMap { conversation -> [Diagnostic] in
      guard conversation.responses.count > 1 else { return [] }
      var groups: [Likeness: [ThreadedResponse]] = [:]
      for response in conversation.responses where response.isCounted {
        let name: String
        switch response.speaker {
        case .contributor(let index)?: name = community.contributors[index].name
        case .guest(let guest, _)?: name = guest
        case nil: continue
        }
        let length = response.body.document.body.count
        if length > 0 {
          groups[Likeness(name: NameKey(name), length: length), default: []].append(response)
        }
      }
      return groups.values.filter { $0.count > 1 }.flatMap { Self.repetitions(in: $0) }
    }
  }

  /// The author and the document's length: only documents that agree in both are compared.
  private struct Likeness: Hashable {
    let name: NameKey
    let length: Int
  }

  private static func repetitions(in responses: [ThreadedResponse]) -> [Diagnostic] {
    var first: [[UInt8]: ThreadedResponse] = [:]
    let ordered = responses.sorted { left, right in
      left.date.seconds != right.date.seconds
        ? left.date < right.date : left.response.id.precedes(right.response.id)
    }
    return ordered.compactMap { response in
      let document = response.body.document
      guard let body = try? document.body.load() else { return nil }
      // The body does not include the URLs of links.
      let text = body + document.slots.flatMap { Array("\($0.content)".utf8) }
      guard let other = first[text] else {
        first[text] = response
        return nil
      }
      return Diagnostic(
        .repeatedResponse, at: SourceLocation(file: response.response.file, line: 1, column: 1),
        "\(other.response.file) has the same text by the same person",
        suggestion: "keep one of the two",
        notes: [
          Diagnostic.Note("first written here", at: SourceLocation(file: other.response.file))
        ])
    }
  }

  private static func response(_ guest: String, _ text: String) -> String {
    "---\nguest: \(guest)\ndate: 2026-03-05\n---\n\n\(text)\n"
  }
}
