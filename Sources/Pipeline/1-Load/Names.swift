import StoaAddresses
import StoaModel

extension Fields {
  /// Reports a name without characters for a slug; true if it is one.
  mutating func refuses(name: Located<String>, advice: String) -> Bool {
    // A letter or digit stays in the slug, and nearly every name has one, so most names need no further test.
    if name.value.utf8.contains(where: ASCII.isLetterOrDigit) { return false }
    if refuses(blank: name) { return true }
    guard Slug.make(from: name.value).isEmpty else { return false }
    report(
      .invalidName, at: name.location,
      "“\(name.value)” has no letter or digit for a name", advice)
    return true
  }

  /// The maximum length of a title or name in bytes: it is on every page that mentions the item.
  private static let maximumNameLength = 500

  /// A title or name; one that is too long is reported and cut, and an invisible one is reported and becomes nil.
  mutating func name(_ key: String) -> Located<String>? {
    shownText(key).map { limited($0, key) }
  }

  /// A list of names; names that are too long, and lists that are too long, are reported and cut.
  mutating func names(_ key: String, atMost limit: Int) -> [Located<String>] {
    let names = list(key).map { limited($0, key) }
    guard names.count > limit else { return names }
    report(
      .tooManyNames, at: names[limit].location,
      "“\(key)” has \(names.count) names, and \(limit) is the limit", "keep those that matter most")
    return Array(names[..<limit])
  }

  /// The text; one that is too long is reported and cut.
  mutating func limited(_ text: Located<String>, _ key: String) -> Located<String> {
    let limit = Self.maximumNameLength
    guard text.value.utf8.count > limit else { return text }
    invalid(
      key, text, "a name of “\(key)” has \(text.value.utf8.count) bytes, and \(limit) is the limit",
      "shorten it")
    let scalars = text.value.unicodeScalars
    var end = text.value.utf8.index(text.value.startIndex, offsetBy: limit)
    while end.samePosition(in: scalars) == nil { end = text.value.utf8.index(before: end) }
    return Located(String(scalars[..<end]), at: text.location)
  }

  /// A name or title; an invisible one is reported and becomes nil.
  mutating func shownText(_ key: String) -> Located<String>? {
    guard let text = text(key) else { return nil }
    return refuses(blank: text) ? nil : text
  }

  /// Reports a name that has only invisible characters; true if it does.
  mutating func refuses(blank name: Located<String>) -> Bool {
    guard name.value.showsNothing else { return false }
    report(
      .invalidName, at: name.location, "“\(name.value)” shows nothing",
      "write it with letters or other characters that can be seen")
    return true
  }
}
