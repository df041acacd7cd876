import StoaAddresses
import StoaHTML
import StoaLink
import StoaModel

extension Rule {
  /// A link leads through a redirect: it works only as long as the alias exists.
  static let redirectedLink = Rule(
    .redirectedLink,
    passing: [
      [
        "content/posts/a.md": Example.post(
          "[Bells](/posts/b/), [[b]], [here](b.md) and [there](../b/).", title: "A bell"),
        "content/posts/b.md":
          "---\ntitle: Bells\nauthor: Maren\ndate: 2026-03-04\naliases: [/old/]\n---\n\nText.\n",
      ]
    ],
    failing: [
      [
        "content/posts/a.md": Example.post(
          "‸[Bells](/old), ‸[[old-bells]], ‸[here](../old-bells/#top) and ‸[there](/posts/old-bells/).",
          title: "A bell"),
        "content/posts/b.md":
          "---\ntitle: Bells\nauthor: Maren\ndate: 2026-03-04\naliases: [/old/, /posts/old-bells/]\n"
          + "---\n\n## Top\n",
      ]
    ]
  ) { community in
    let redirects = Dictionary(community.redirects.map { ($0.from.path, $0.to) }) { first, _ in
      first
    }
    guard !redirects.isEmpty else { return [] }
    let own = OwnAddress(community.settings.url)
    return community.texts.flatMap { text in
      zip(text.body.document.slots, text.body.targets).compactMap { slot, target -> Diagnostic? in
        let reached: SiteAddress
        switch target {
        case .site(let address, _): reached = address
        case .quote(let quotation, _): reached = quotation.address
        default: return nil
        }
        let old = Self.possiblePaths(of: slot.content, on: text.address, own).first {
          redirects[$0]?.path == reached.path
        }
        guard let old else { return nil }
        return Diagnostic(
          .redirectedLink,
          at: SourceLocation(file: text.file, line: slot.line, column: slot.column),
          "“\(old)” is an old address of “\(reached.path)”",
          suggestion: "link to the current address")
      }
    }
  }

  /// The site paths that a link may mean as written.
  private static func possiblePaths(
    of content: Slot.Content, on page: SiteAddress, _ own: OwnAddress?
  ) -> [String] {
    switch content {
    case .link(let written, _):
      let address = own?.path(in: written) ?? written
      guard case .relative = AddressPolicy.judge(address) else { return [] }
      let beginning = String(address.prefix { $0 != "#" && $0 != "?" })
      guard let path = PercentEncoding.decode(beginning), !path.isEmpty else { return [] }
      if path.hasPrefix("/") { return [path, path + "/"] }
      return ContentPath.resolve(path, in: page.path).map { ["/\($0)", "/\($0)/"] } ?? []
    case .wikilink(let target, _), .quote(let target, _):
      let name = target.prefix { $0 != "#" }
      return name.hasPrefix("/") ? [String(name)] : ["/\(name)/", "/posts/\(name)/"]
    case .mention, .image, .embed, .code, .formula, .diagram, .word, .backLink: return []
    }
  }
}
