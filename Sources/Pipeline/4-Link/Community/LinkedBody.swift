package import StoaAddresses
package import StoaModel

/// A body with every slot's target.
package final class LinkedBody: Sendable {
  package let document: Document
  /// One for each of the document's slots.
  package let targets: [Target]
  /// The first paragraph as plain text.
  package let summary: String

  init(_ document: Document, targets: [Target]) {
    self.document = document
    self.targets = targets
    summary = Self.filling(document.summary, of: document, targets).directionBalanced
  }

  /// The target of a slot.
  package enum Target: Sendable {
    /// Slots without a target: code blocks and words.
    case none
    /// A place on this site; `title` is the target's own title, for a wikilink without a label.
    case site(SiteAddress, title: String)
    /// A URL of another site that has passed the URL rules.
    case external(String)
    /// A file of the community, copied to `address`; with its size in pixels if it is an image in a known format.
    case image(SiteAddress, width: Int?, height: Int?)
    /// An audio or video file of the community.
    case medium(SiteAddress, Medium)
    /// Another document of this site, whose text is shown in this place; `title` is its title.
    case quote(Quotation, title: String)
    /// No visible target: shown as the author typed it.
    case unresolved
  }
}
