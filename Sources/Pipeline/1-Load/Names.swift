internal import StoaAddresses
internal import StoaModel

extension Fields {
  /// Reports a name of which no slug can be made; true when it is one.
  internal mutating func refuses(name: Located<String>, advice: String) -> Bool {
    let isASCIILetterOrDigit: (UInt8) -> Bool = { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
    // Such a byte stays in the slug, and nearly every name has one: most slugs need not be made to know that they are not empty.
    if name.value.utf8.contains(where: isASCIILetterOrDigit) { return false }
    if refuses(blank: name) { return true }
    guard Slug.make(from: name.value).isEmpty else { return false }
    report(
      .invalidName, at: name.location,
      "“\(name.value)” has no letter or digit to make a name of", advice)
    return true
  }

  /// A name or title; one that readers would not see is reported, and nil.
  internal mutating func shownText(_ key: String) -> Located<String>? {
    guard let text = text(key) else { return nil }
    return refuses(blank: text) ? nil : text
  }

  /// Reports a name that consists of characters which show nothing; true when it is one.
  internal mutating func refuses(blank name: Located<String>) -> Bool {
    guard name.value.showsNothing else { return false }
    report(
      .invalidName, at: name.location, "“\(name.value)” shows nothing",
      "write it with letters or other characters that can be seen")
    return true
  }
}
