package import StoaModel

/// The visibility that a file declares: its audience, whether it is a draft, its date, and what it answers.
///
/// `VisibilityScan` finds it without reading the rest of the file.
package struct WrittenVisibility: Sendable, Equatable {
  /// The narrowest audience that the file names; nil when it names none.
  package internal(set) var audience: Audience?
  /// Whether the file is certainly for that audience, or names none; false when another one may have been meant.
  package internal(set) var isCertain = true
  package internal(set) var isDraft = false
  /// The latest date in the file.
  package internal(set) var date: Timestamp?
  /// The ids of the responses that a response answers: more than one only by mistake.
  package internal(set) var parents: [String] = []

  /// No part of the file can be read.
  static let unknown = WrittenVisibility(isCertain: false)

  /// A file that is no item is shown to the narrowest audience only, the people who write.
  static let narrowest = WrittenVisibility(audience: Audience(rank: 0))

  /// The visibility that both allow.
  func narrowed(by other: WrittenVisibility) -> WrittenVisibility {
    WrittenVisibility(
      audience: audience.map { own in other.audience.map { min(own, $0) } ?? own }
        ?? other.audience,
      isCertain: isCertain && other.isCertain, isDraft: isDraft || other.isDraft,
      date: date.map { own in other.date.map { max(own, $0) } ?? own } ?? other.date,
      parents: parents + other.parents.filter { !parents.contains($0) })
  }

  /// - Parameter unknown: the audience of an unreadable file that names none.
  /// - Parameter silent: the audience of a readable file that names none.
  package func widest(ifUnknown unknown: Audience, ifSilent silent: Audience) -> Audience {
    audience ?? (isCertain ? silent : unknown)
  }
}

/// A file of content that did not become an item, because of its name or its content.
package struct UnreadFile: Sendable {
  package enum Kind: Sendable, Equatable {
    case post
    /// In the folder of a post, given by its slug.
    case response(post: String)
    case contributor
    case topic
    case page
    /// A file in a place for no kind of item.
    case other
  }

  package let kind: Kind
  /// Relative to the folder of stoa.yml.
  package let file: String
  /// The slug, handle or id from its name.
  package let name: String
  /// Its probable title or name, which links may use.
  package let title: String?
  package let visibility: WrittenVisibility
  package let diagnostics: [Diagnostic]
}
