package import StoaAddresses
package import StoaModel

/// A document that another one can quote.
package enum QuotedText: Sendable, Hashable {
  case post(Index<Conversation>)
  /// By its anchor, which never changes.
  case response(Index<Conversation>, fragment: String)
  case page(Index<PageEntry>)

  /// The document at a place of the site; nil for places without one, such as lists.
  init?(at owner: Place.Owner, fragment: String, in index: SiteIndex) {
    switch owner {
    case .page(let page):
      guard fragment.isEmpty || index.pages[page.position].headings[fragment] != nil else {
        return nil
      }
      self = .page(page)
    case .conversation(let conversation):
      let anchors = index.conversations[conversation.position]
      if fragment.isEmpty || anchors.headings[fragment] != nil {
        self = .post(conversation)
      } else if anchors.responses[fragment] != nil {
        self = .response(conversation, fragment: fragment)
      } else {
        return nil
      }
    case .topic, .contributor, .generated: return nil
    }
  }

  /// The page that has the document.
  var owner: Place.Owner {
    switch self {
    case .post(let index), .response(let index, _): .conversation(index)
    case .page(let index): .page(index)
    }
  }

  var isResponse: Bool {
    if case .response = self { true } else { false }
  }
}

/// A document, or the section below one of its headings, that another document shows.
package struct Quotation: Sendable, Hashable {
  package let text: QuotedText
  /// The anchor of the heading; empty for the whole text.
  package let heading: String
  /// The address of the quoted words.
  package let address: SiteAddress
}

/// A place in a document that quotes another.
struct Quote: Sendable, Hashable {
  /// The index of its slot in the document.
  let slot: Int
  let quotation: Quotation
  /// Whether the quote is shown; otherwise there is a link in its place.
  var isShown = true
}
