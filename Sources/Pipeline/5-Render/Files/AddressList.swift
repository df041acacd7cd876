internal import StoaAddresses
internal import StoaLink
internal import StoaModel

/// Every address and anchor of the site, sorted: what a later version must not lose.
internal struct AddressList {
  /// Encoded, one a line.
  internal let lines: [String]

  internal init(_ community: Community, pages: [SiteAddress], redirects: [Redirect]) {
    var all = Set(pages.map { $0.encoded() })
    all.formUnion(community.files.map { $0.address.encoded() })
    all.formUnion(redirects.map { $0.from.encoded() })
    for conversation in community.conversations {
      for heading in conversation.body.document.headings {
        all.insert(conversation.address.with(fragment: heading.id).encoded())
      }
      for response in conversation.responses + conversation.mentions {
        all.insert(conversation.address.with(fragment: response.fragment).encoded())
        for anchor in response.anchors {
          all.insert(conversation.address.with(fragment: anchor).encoded())
        }
      }
    }
    for page in community.pages {
      for heading in page.body.document.headings {
        all.insert(page.address.with(fragment: heading.id).encoded())
      }
    }
    lines = all.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
