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
    var all = Set(generated.map { $0.encoded() })
    all.formUnion(community.files.map { $0.address.encoded() })
    all.formUnion(redirects.map { $0.from.encoded() })
    for conversation in community.conversations {
      let page = conversation.address.encoded()
      for heading in conversation.body.document.headings {
        all.insert(page + SiteAddress("", fragment: heading.id).encoded())
      }
      for responses in [conversation.responses, conversation.mentions] {
        for index in responses.indices {
          all.insert(page + SiteAddress("", fragment: responses[index].fragment).encoded())
          for anchor in responses[index].anchors {
            all.insert(page + SiteAddress("", fragment: anchor).encoded())
          }
        }
      }
    }
    for page in community.pages {
      for heading in page.body.document.headings {
        all.insert(page.address.with(fragment: heading.id).encoded())
      }
    }
    return all.sorted { $0.precedes($1) }
  }
}
