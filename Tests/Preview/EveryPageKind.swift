import StoaAddresses
import StoaPreview
import StoaRender

/// A community that has a page of every kind, and edits that change the text of all of them.
enum EveryPageKind {
  static let files = [
    "stoa.yml": "title: Bells\ngone:\n  /lost/: It was a test.\n",
    "content/posts/a.md": post("Casting", "aliases: [/old/]\n", "Of bronze."),
    "content/posts/c.md": post("How loud?", "kind: question\n", "Nobody knows."),
    "content/posts/d.md": post("Ring slowly", "kind: practice\n", "It lasts."),
    "content/posts/e.md": apart("Ovens", "Bread", "Loam, furnace, flue, crucible and chimney."),
    "content/posts/f.md": apart("Kilns", "Pots", "A flue of loam, a furnace."),
    // In a past month.
    "content/posts/g.md": "---\ntitle: February\nauthor: maren\ndate: 2026-02-04\n---\n\nSnow.\n",
    // The default theme's archive shows only titles.
    "templates/archive.mustache": "{{#months}}{{#items}}{{summary}}\n{{/items}}{{/months}}",
    "templates/page.mustache": "<p>{{title}}</p>{{{body}}}\n",
  ]

  /// A file, its new content, and whether a preview only renders its planned pages again.
  static let edits: [(file: String, text: String, isRerendered: Bool)] = [
    ("content/posts/a.md", post("Casting", "aliases: [/old/]\n", "Of brass, says [[d]]."), true),
    ("content/posts/c.md", post("How loud?", "kind: question\n", "Ada knows."), true),
    ("content/posts/d.md", post("Ring slowly", "kind: practice\n", "It lasts long."), true),
    ("content/posts/f.md", apart("Kilns", "Pots", "A flue of loam, a chimney."), true),
    // Without common words, the two are no longer a pair.
    ("content/posts/f.md", apart("Kilns", "Pots", "Hot."), false),
    (
      "content/responses/a/1.md", "---\nguest: Ada\ndate: 2026-03-05\n---\n\nIt hummed.\n",
      true
    ),
    ("content/contributors/maren.md", "---\nname: Maren Holt\n---\n\nRings no more.\n", true),
    ("content/topics/bronze.md", "---\ntitle: Bronze\n---\n\nOf tin and copper.\n", true),
    ("content/pages/about.md", "---\ntitle: About\nmenu: true\n---\n\nAbout [[d]].\n", true),
    ("templates/page.mustache", "<b>{{title}}</b>{{{body}}}\n", true),
    (
      "content/posts/a.md",
      post("Casting", "aliases: [/old/]\nsummary: All of it.\n", "Of brass, says [[d]]."), false
    ),
    ("content/posts/a.md", post("Bells", "aliases: [/old/]\n", "Of lead."), false),
    ("stoa.yml", "title: Rings\ngone:\n  /lost/: It was a test.\n", false),
  ]

  /// The pages of a snapshot by kind and address.
  static func pages(of snapshot: SiteSnapshot) -> [PageKind: [String: [UInt8]]] {
    let responder = Responder(bound: "127.0.0.1")
    let script = "data-snapshot=\"\(snapshot.name)\""
    var pages: [PageKind: [String: [UInt8]]] = [:]
    for path in snapshot.files.keys {
      guard let kind = kind(of: path) else { continue }
      let target = path.hasSuffix("index.html") ? String(path.dropLast("index.html".count)) : path
      let request = PreviewRequest(method: "GET", target: "/" + target, host: "localhost")
      guard case .content(let content) = responder.answer(request, from: snapshot) else { continue }
      var bytes = content.bytes
      if let range = bytes.firstRange(of: Array(script.utf8)) { bytes.removeSubrange(range) }
      pages[kind, default: [:]][path] = bytes
    }
    return pages
  }

  private static func kind(of path: String) -> PageKind? {
    guard path.hasSuffix(".html") else { return nil }
    let ofItems: [(prefix: String, kind: PageKind)] = [
      ("posts/", .conversation), ("about/", .page), ("topics/", .topic),
      ("contributors/", .contributor), ("digest/", .digest), ("archive/", .archive),
      ("old/", .redirect), ("lost/", .gone),
    ]
    let address =
      "/" + (path.hasSuffix("index.html") ? path.dropLast("index.html".count) : path[...])
    return PageKind.allCases.first { $0.row.address?.path == address }
      ?? ofItems.first { path.hasPrefix($0.prefix) }?.kind
  }

  /// A post on a topic of its own, which shares only words with others.
  private static func apart(_ title: String, _ topic: String, _ text: String) -> String {
    "---\ntitle: \(title)\nauthor: maren\ndate: 2026-03-04\ntopics: [\(topic)]\n---\n\n\(text)\n"
  }

  private static func post(_ title: String, _ more: String, _ text: String) -> String {
    "---\ntitle: \(title)\nauthor: maren\ndate: 2026-03-04\ntopics: [Bronze]\n\(more)---\n\n\(text)\n"
  }
}
