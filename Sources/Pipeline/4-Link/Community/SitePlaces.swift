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

/// A file that is copied to the site unchanged.
package struct SiteFile: Sendable {
  package let asset: Asset
  package let address: SiteAddress
}

package struct Redirect: Sendable, Hashable {
  /// The old address; a fragment when an anchor moved.
  package let from: SiteAddress
  package let to: SiteAddress
  /// The place of the alias in its file.
  package let location: SourceLocation

  package init(from: SiteAddress, to: SiteAddress, location: SourceLocation) {
    self.from = from
    self.to = to
    self.location = location
  }
}

/// An old address that was removed on purpose.
package struct GonePlace: Sendable, Hashable {
  package let address: SiteAddress
  package let reason: String
  /// The place of the entry in stoa.yml.
  package let location: SourceLocation
}
