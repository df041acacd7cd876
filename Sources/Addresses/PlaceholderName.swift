/// The author's name in new files when it is unknown, until the author replaces it.
package enum PlaceholderName {
  /// The name as it is written.
  package static let text = "Your Name"

  private static let key = NameKey(text)

  /// Whether a name is the placeholder, by the rules of `NameKey`.
  package static func matches(_ name: String) -> Bool { NameKey(name) == key }
}
