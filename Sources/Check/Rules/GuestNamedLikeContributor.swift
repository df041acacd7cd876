import StoaAddresses
import StoaLink
import StoaModel

extension Rule {
  /// A guest's name is, or looks like, a contributor's name: the guest may be the contributor, or may impersonate them.
  static let guestNamedLikeContributor = Rule(
    .guestNamedLikeContributor,
    passing: [
      [
        "content/posts/a.md": Example.post("Text.", title: "A bell"),
        "content/responses/a/1.md": "---\nguest: Ada\ndate: 2026-03-05\n---\n\nIt rang.\n",
      ],
      [
        "content/posts/a.md": Example.post("Text.", title: "A bell"),
        "content/contributors/maren.md": "---\nclaims: ['a#1']\n---\n",
        "content/responses/a/1.md": "---\nguest: Maren\ndate: 2026-03-05\n---\n\nIt rang.\n",
      ],
    ],
    failing: [
      [
        "content/posts/a.md": Example.post("Text.", title: "A bell"),
        "content/responses/a/1.md": "‸---\nguest: maren\ndate: 2026-03-05\n---\n\nIt rang.\n",
        "content/responses/a/2.md": "‸---\nguest: Mаren\ndate: 2026-03-05\n---\n\nIt did.\n",
      ]
    ]
  ) { community in
    var people: [String: ContributorEntry] = [:]
    for person in community.contributors {
      for name in [person.handle, person.name] + (person.file?.aliases.map(\.value) ?? []) {
        people[LookAlike.key(name)] = people[LookAlike.key(name)] ?? person
      }
    }
    return community.conversations.flatMap { conversation in
      conversation.responses.compactMap { response -> Diagnostic? in
        guard case .guest(let name, _)? = response.speaker, let person = people[LookAlike.key(name)]
        else { return nil }
        return Diagnostic(
          .guestNamedLikeContributor,
          at: SourceLocation(file: response.response.file, line: 1, column: 1),
          "the guest “\(name)” has a name like the contributor “\(person.name)”",
          suggestion:
            "if it was them, write claims: ['\(conversation.post.slug)#\(response.response.id)'] into content/contributors/\(person.handle).md"
        )
      }
    }
  }
}
