/// A piece of a change, shown word by word.
package struct WordPiece: Sendable, Hashable {
  package enum Kind: UInt8, Sendable {
    case kept
    case inserted
    case deleted
    /// Words that are omitted, because they are unchanged or too many.
    case gap
  }

  package let kind: Kind
  /// Empty for a gap.
  package let text: String

  package init(_ kind: Kind, _ text: String) {
    self.kind = kind
    self.text = text
  }
}
