/// The replacement for a link of the source.
package enum LinkOutcome: Equatable, Sendable {
  case kept
  case address(String)
  /// Its target was left out, so only its words remain.
  case words
  /// Its target is a page of the old site that the import does not have.
  case missing
  /// Its URL contains an e-mail address: its words remain, followed by this text instead of the link, as code unless it is the
  /// mask alone.
  case masked(String)
}
