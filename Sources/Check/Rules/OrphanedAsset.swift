import StoaAddresses
import StoaLink
import StoaModel

extension Rule {
  /// The site neither shows nor links to a file beside a post.
  ///
  /// Files in content/static are not checked: browsers, search engines and hosts request such files without a link.
  static let orphanedAsset = Rule(
    .orphanedAsset,
    passing: [
      [
        "content/posts/a/index.md": Example.post(
          "![The tower](tower.png) and [its plan](plan.pdf).", title: "A bell"),
        "content/posts/a/tower.png": "",
        "content/posts/a/plan.pdf": "",
        "content/static/robots.txt": "",
      ],
      [
        "content/posts/a/index.md":
          "---\ntitle: A bell\nauthor: Maren\ndate: 2026-03-04\nimage: card.png\n---\n\nText.\n",
        "content/posts/a/card.png": "",
      ],
    ],
    failing: [
      [
        "content/posts/a/index.md": Example.post("![The tower](tower.png)", title: "A bell"),
        "content/posts/a/tower.png": "",
        "content/posts/a/tower-old.png": "‸",
      ]
    ]
  ) { community in
    var used: Set<String> = []
    let targets =
      community.texts.flatMap(\.body.targets) + community.conversations.map(\.image)
      + community.contributors.map(\.image)
    for target in targets {
      switch target {
      case .site(let address, _), .image(let address, _, _), .medium(let address, _):
        used.insert(address.path)
      // None of these is a file beside a post.
      case .quote, .none, .external, .unresolved: break
      }
    }
    return community.files.compactMap { file in
      guard file.asset.file.hasPrefix("content/posts/"), !used.contains(file.address.path) else {
        return nil
      }
      return Diagnostic(
        .orphanedAsset, at: SourceLocation(file: file.asset.file),
        "no page shows this file or links to it", suggestion: "use it, or delete it")
    }
  }
}
