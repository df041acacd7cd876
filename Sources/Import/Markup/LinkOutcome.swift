/// What becomes of a link of the source.
package enum LinkOutcome: Equatable, Sendable {
  case kept
  case address(String)
  /// What it leads to was left out, so its words stay alone.
  case words
  /// It leads to a page of the old site that the import does not have.
  case missing
  /// Its address holds an e-mail address: its words stay, with this in place of the link, as code unless it is the mask alone.
  case masked(String)
}
