package import StoaAddresses
package import StoaModel

/// Where something visible speaks of something else.
package struct Reference: Sendable, Hashable {
  package let conversation: Index<Conversation>
  /// One of the conversation's `responses`; nil for the post itself.
  package let response: Index<ThreadedResponse>?

  package init(conversation: Index<Conversation>, response: Index<ThreadedResponse>?) {
    self.conversation = conversation
    self.response = response
  }
}

/// A link to this from elsewhere on the site.
package struct Backlink: Sendable {
  package enum Origin: Sendable, Hashable {
    case post(Post.Kind)
    case response
    case page
  }

  package let origin: Origin
  /// The title of the page it comes from.
  package let title: String
  package let address: SiteAddress
  /// Who wrote it, if it is not a page.
  package let speaker: Speaker?
  /// The sentence that holds the link.
  package let sentence: String
  /// Whether it shows words from here.
  package let isQuote: Bool
}
