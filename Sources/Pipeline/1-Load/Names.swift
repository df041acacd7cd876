import StoaAddresses
import StoaModel

extension Fields {
  /// Reports a name of which no slug can be made; true when it is one.
  mutating func refuses(name: Located<String>, advice: String) -> Bool {
    // Such a byte stays in the slug, and nearly every name has one: most slugs need not be made to know that they are not empty.
    if name.value.utf8.contains(where: ASCII.isLetterOrDigit) { return false }
    if refuses(blank: name) { return true }
    guard Slug.make(from: name.value).isEmpty else { return false }
    report(
      .invalidName, at: name.location,
      "“\(name.value)” has no letter or digit to make a name of", advice)
    return true
  }

  /// The longest title or name, in bytes: it stands on every page that speaks of what it names.
  private static let maximumNameLength = 500

  /// A title or name; what is too long is reported and cut, and one that readers would not see is reported, and nil.
  mutating func name(_ key: String) -> Located<String>? {
    shownText(key).map { limited($0, key) }
  }

  /// A list of names; what is too long, or too much, is reported and cut.
  mutating func names(_ key: String, atMost limit: Int) -> [Located<String>] {
    let names = list(key).map { limited($0, key) }
    guard names.count > limit else { return names }
    report(
      .tooManyNames, at: names[limit].location,
      "“\(key)” has \(names.count) names, and \(limit) is the limit", "keep those that matter most")
    return Array(names[..<limit])
  }

  /// What is too long is reported and cut.
  mutating func limited(_ text: Located<String>, _ key: String) -> Located<String> {
    let limit = Self.maximumNameLength
    guard text.value.utf8.count > limit else { return text }
    invalid(
      key, text, "a name of “\(key)” has \(text.value.utf8.count) bytes, and \(limit) is the limit",
      "say it shorter")
    let scalars = text.value.unicodeScalars
    var end = text.value.utf8.index(text.value.startIndex, offsetBy: limit)
    while end.samePosition(in: scalars) == nil { end = text.value.utf8.index(before: end) }
    return Located(String(scalars[..<end]), at: text.location)
  }

  /// A name or title; one that readers would not see is reported, and nil.
  mutating func shownText(_ key: String) -> Located<String>? {
    guard let text = text(key) else { return nil }
    return refuses(blank: text) ? nil : text
  }

  /// Reports a name that consists of characters which show nothing; true when it is one.
  mutating func refuses(blank name: Located<String>) -> Bool {
    guard name.value.showsNothing else { return false }
    report(
      .invalidName, at: name.location, "“\(name.value)” shows nothing",
      "write it with letters or other characters that can be seen")
    return true
  }
}
