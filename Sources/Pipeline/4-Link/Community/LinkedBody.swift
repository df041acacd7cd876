package import StoaAddresses
package import StoaModel

/// A body with every slot's target.
package final class LinkedBody: Sendable {
  package let document: Document
  /// One for each of the document's slots.
  package let targets: [Target]
  /// The first paragraph as readers see its words.
  package let summary: String

  init(_ document: Document, targets: [Target]) {
    self.document = document
    self.targets = targets
    summary = Self.filling(document.summary, of: document, targets).directionBalanced
  }

  /// Where a slot leads.
  package enum Target: Sendable {
    /// Nothing to resolve: code blocks and words.
    case none
    /// A place on this site; `title` is the target's own title, for a wikilink without a label.
    case site(SiteAddress, title: String)
    /// An address elsewhere that passed the address rules.
    case external(String)
    /// A file of the community, copied to `address`; with its size in pixels when it is an image that is read.
    case image(SiteAddress, width: Int?, height: Int?)
    /// A file of the community that is played.
    case medium(SiteAddress, Medium)
    /// Another text of this site, to be shown in place; `title` is what it is called.
    case quote(Quotation, title: String)
    /// Leads nowhere that this build shows: rendered as the author typed it.
    case unresolved
  }
}
