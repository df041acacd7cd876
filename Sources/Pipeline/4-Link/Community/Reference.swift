package import StoaAddresses
package import StoaModel

/// A visible place that refers to something.
package struct Reference: Sendable, Hashable {
  package let conversation: Index<Conversation>
  /// The index of a response in the conversation; nil for the post itself.
  package let response: Index<ThreadedResponse>?

  package init(conversation: Index<Conversation>, response: Index<ThreadedResponse>?) {
    self.conversation = conversation
    self.response = response
  }
}

/// A link to an item from another page of the site.
package struct Backlink: Sendable {
  package enum Origin: Sendable, Hashable {
    case post(Post.Kind)
    case response
    case page
  }

  package let origin: Origin
  /// The title of the linking page.
  package let title: String
  package let address: SiteAddress
  /// The authors of the linking document; empty for a page.
  package let speaker: Speaker?
  /// The sentence that holds the link.
  package let sentence: String
  /// Whether it quotes the item.
  package let isQuote: Bool
}
