/// The name in new files where the author's name is unknown, until they write their own there.
package enum PlaceholderName {
  /// As it is written.
  package static let text = "Your Name"

  private static let key = NameKey(text)

  /// Whether a name, as people compare names, is the placeholder.
  package static func matches(_ name: String) -> Bool { NameKey(name) == key }
}
