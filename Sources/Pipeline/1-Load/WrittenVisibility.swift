package import StoaModel

/// What a file says of who may see it: for whom it is, whether it is a draft, from when on it is shown, and what it answers.
///
/// `VisibilityScan` finds it without understanding the rest of the file.
package struct WrittenVisibility: Sendable, Equatable {
  /// The narrowest audience that the file names; nil when it names none.
  package internal(set) var audience: Audience?
  /// Whether the file is for just that audience, or names none; false when it may have meant another one.
  package internal(set) var isCertain = true
  package internal(set) var isDraft = false
  /// The latest date that it has.
  package internal(set) var date: Timestamp?
  /// The ids of the responses that a response answers: more than one only by mistake.
  package internal(set) var parents: [String] = []

  /// Nothing of the file can be read.
  static let unknown = WrittenVisibility(isCertain: false)

  /// What is no item is the concern of those who write: the narrowest audience.
  static let narrowest = WrittenVisibility(audience: Audience(rank: 0))

  /// What both allow.
  func narrowed(by other: WrittenVisibility) -> WrittenVisibility {
    WrittenVisibility(
      audience: audience.map { own in other.audience.map { min(own, $0) } ?? own }
        ?? other.audience,
      isCertain: isCertain && other.isCertain, isDraft: isDraft || other.isDraft,
      date: date.map { own in other.date.map { max(own, $0) } ?? own } ?? other.date,
      parents: parents + other.parents.filter { !parents.contains($0) })
  }

  /// - Parameter unknown: the audience of an unreadable file that names none.
  /// - Parameter silent: for whom one is that names no audience.
  package func widest(ifUnknown unknown: Audience, ifSilent silent: Audience) -> Audience {
    audience ?? (isCertain ? silent : unknown)
  }
}

/// A file of content of which no item was made, because of its name or of what is in it.
package struct UnreadFile: Sendable {
  package enum Kind: Sendable, Equatable {
    case post
    /// In the folder of a post, which is named by its slug.
    case response(post: String)
    case contributor
    case topic
    case page
    /// A file in a place where no item lies.
    case other
  }

  package let kind: Kind
  /// Relative to the folder of stoa.yml.
  package let file: String
  /// The slug, handle or id that its name would give.
  package let name: String
  /// What it seems to call its item, by which links may speak of it.
  package let title: String?
  package let visibility: WrittenVisibility
  package let diagnostics: [Diagnostic]
}
