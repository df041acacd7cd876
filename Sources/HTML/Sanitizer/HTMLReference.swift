/// A link or an image in an author's HTML, which becomes a slot.
package struct HTMLReference: Sendable, Hashable {
  package enum Kind: Sendable {
    case link
    case image
  }

  package let kind: Kind
  /// The decoded text and the source text of a reference.
  package let address: String
  package let title: String
  package let alternative: String
  package let width: Int?
  package let height: Int?
  /// The line of the file.
  package let line: Int

  package init(
    _ kind: Kind, address: String, title: String = "", alternative: String = "", width: Int? = nil,
    height: Int? = nil, line: Int
  ) {
    self.kind = kind
    self.address = address
    self.title = title
    self.alternative = alternative
    self.width = width
    self.height = height
    self.line = line
  }
}
