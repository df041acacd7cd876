internal import StoaAddresses
internal import StoaLink
internal import StoaModel

/// Every address and anchor of the site, sorted: what a later version must not lose.
///
/// The theme's own files are not among them: they are named after their bytes, and nobody links to them.
internal struct AddressList: Sendable {
  private let community: Community
  private let generated: [SiteAddress]
  private let redirects: [Redirect]

  /// - Parameter generated: the addresses of pages and feeds.
  internal init(_ community: Community, generated: [SiteAddress], redirects: [Redirect]) {
    self.community = community
    self.generated = generated
    self.redirects = redirects
  }

  /// Encoded, one a line.
  internal var lines: [String] {
    var lines = generated.map { $0.encoded() }
    lines += community.files.map { $0.address.encoded() }
    lines += redirects.map { $0.from.encoded() }
    for conversation in community.conversations {
      let page = conversation.address.encoded()
      let responses = conversation.responses + conversation.mentions
      let fragments =
        conversation.body.document.headings.map(\.id)
        + responses.flatMap { [$0.fragment] + $0.anchors }
      lines += fragments.map { page + SiteAddress("", fragment: $0).encoded() }
    }
    for page in community.pages {
      lines += page.body.document.headings.map { page.address.with(fragment: $0.id).encoded() }
    }
    lines.sort { $0.precedes($1) }
    return lines.indices.filter { $0 == 0 || lines[$0] != lines[$0 - 1] }.map { lines[$0] }
  }
}
