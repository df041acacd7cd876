package import StoaAddresses
package import StoaModel

package struct PageEntry: Sendable {
  package let page: Page
  package let title: String
  package internal(set) var body: LinkedBody
  package let address: SiteAddress
  package let audience: Audience
  package let revisions: Revisions?
  package internal(set) var backlinks: [Backlink] = []
}

/// A file that the site carries as it is.
package struct SiteFile: Sendable {
  package let asset: Asset
  package let address: SiteAddress
}

package struct Redirect: Sendable, Hashable {
  /// The old address; a fragment when an anchor moved.
  package let from: SiteAddress
  package let to: SiteAddress
  /// Where the alias is written.
  package let location: SourceLocation

  package init(from: SiteAddress, to: SiteAddress, location: SourceLocation) {
    self.from = from
    self.to = to
    self.location = location
  }
}

/// An old address at which there is to be nothing any more.
package struct GonePlace: Sendable, Hashable {
  package let address: SiteAddress
  package let reason: String
  /// Where that is written.
  package let location: SourceLocation
}
