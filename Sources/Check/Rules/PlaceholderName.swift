import StoaAddresses
import StoaLink
import StoaModel
import StoaTheme
import StoaYAML

extension Rule {
  /// A document or a contributor has the placeholder name that new files have until their author replaces it.
  ///
  /// Both placeholders are found: that of files made on the command line, and that of the theme's prefilled forge pages, in each of
  /// its languages.
  static let placeholderName = Rule(
    .placeholderName,
    passing: [
      [
        "content/posts/a.md": Example.post("What is your name?", title: "Your name"),
        "content/responses/a/1.md": "---\nguest: Yours\ndate: 2026-03-05\n---\n\nIt rang.\n",
        "content/responses/a/2.md": "---\ndate: 2026-03-05\nremoved: spam\n---\n",
        "content/contributors/maren.md": "---\nname: Maren\n---\n",
      ]
    ],
    failing: [
      [
        "content/posts/a.md":
          "---\ntitle: A bell\nauthor: [Maren, ‸your  name]\ndate: 2026-03-05\n---\n\nText.\n",
        "content/responses/a/1.md": "---\nauthor: ‸Your Name\ndate: 2026-03-05\n---\n\nIt rang.\n",
        "content/responses/a/2.md": "‸---\nguest: Your name\ndate: 2026-03-05\n---\n\nIt rang.\n",
        "content/responses/a/3.md": "‸---\nguest: Votre nom\ndate: 2026-03-05\n---\n\nIt rang.\n",
      ],
      [
        "content/posts/a.md":
          "---\ntitle: A bell\nauthor: ‸yn\ndate: 2026-03-05\n---\n\nText.\n",
        "content/contributors/yn.md": "---\nname: ‸Your Name\n---\n",
      ],
      [
        "templates/strings/en.yml": "reply-your-name: Put it here\n",
        "content/posts/a.md": Example.post("Text.", title: "A bell"),
        "content/responses/a/1.md": "‸---\nguest: Put it here\ndate: 2026-03-05\n---\n\nIt rang.\n",
      ],
    ]
  ) { community in
    let placeholders = Self.placeholders(of: community)
    // The contributors whose file has the placeholder as the name, by handle.
    var people: [NameKey: String] = [:]
    for person in community.contributors where placeholders.contains(NameKey(person.name)) {
      people[NameKey(person.handle)] = person.name
    }
    let placeholder = { (name: String) in
      placeholders.contains(NameKey(name)) ? name : people[NameKey(name)]
    }
    var found: [Diagnostic] = []
    func look(at name: Located<String>) {
      guard let placeholder = placeholder(name.value) else { return }
      found.append(Self.diagnostic(placeholder, at: name.location))
    }
    for person in community.contributors { person.file?.name.map(look) }
    for conversation in community.conversations {
      conversation.post.authors.forEach(look)
      for response in (conversation.responses + conversation.mentions).map(\.response)
      where response.removed == nil {
        switch response.voice {
        case .author(let name)?: look(at: name)
        case .guest(let name, _)? where placeholders.contains(NameKey(name)):
          found.append(
            Self.diagnostic(name, at: SourceLocation(file: response.file, line: 1, column: 1)))
        case .guest, nil: break
        }
      }
    }
    return found
  }

  private static func diagnostic(_ name: String, at place: SourceLocation) -> Diagnostic {
    Diagnostic(
      .placeholderName, at: place, "“\(name)” is a placeholder for a person's name",
      suggestion: "write this person's name")
  }

  private static func placeholders(of community: Community) -> Set<NameKey> {
    var placeholders: Set = [NameKey(PlaceholderName.text)]
    for theme in [DefaultTheme.files, community.theme] {
      for (name, bytes) in theme where name.hasPrefix("strings/") {
        let entries = (try? YAMLReader.read(bytes[...], maximumSize: 1 << 18)) ?? []
        for entry in entries where entry.key == "reply-your-name" {
          if let text = entry.value.scalar { placeholders.insert(NameKey(text)) }
        }
      }
    }
    return placeholders
  }
}
