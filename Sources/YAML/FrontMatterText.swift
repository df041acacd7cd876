import StoaModel

/// Builds front matter: plain YAML that Load reads back to the same values.
package struct FrontMatterText: Sendable {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  /// Adds a key with a value on one line; nothing when the value is empty.
  package mutating func add(_ key: String, _ text: String) {
    guard !text.isEmpty else { return }
    bytes += "\(key): \(Self.scalar(text))\n".utf8
  }

  /// Adds a key with a list; a single item is written without a list, and an empty list is left out.
  package mutating func add(_ key: String, _ list: [String]) {
    let list = list.filter { !$0.isEmpty }
    if list.count == 1 { return add(key, list[0]) }
    guard !list.isEmpty else { return }
    bytes += "\(key):\n".utf8
    for item in list { bytes += "  - \(Self.scalar(item))\n".utf8 }
  }

  /// Adds a key with a mapping of texts; nothing when there is none.
  package mutating func add(_ key: String, mapping: [(key: String, value: String)]) {
    guard !mapping.isEmpty else { return }
    bytes += "\(key):\n".utf8
    for (key, value) in mapping {
      bytes += "  \(Self.scalar(key)): \(Self.scalar(value))\n".utf8
    }
  }

  package mutating func add(_ key: String, flag: Bool) {
    if flag { bytes += "\(key): true\n".utf8 }
  }

  /// The scalar without quotes if every YAML reader reads it as text, otherwise in single quotes.
  package static func scalar(_ text: String) -> String {
    isPlain(text) ? text : "'" + doublingQuotes(text) + "'"
  }

  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.utf8.first, ASCII.isLetter(first), text.utf8.last != 0x20 else {
      return isDate(text)
    }
    let words: Set = ["null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf"]
    guard !words.contains(text.lowercased()) else { return false }
    return text.utf8.allSatisfy {
      ASCII.isLetterOrDigit($0) || $0 == 0x20 || $0 == UInt8(ascii: "-")
        || $0 == UInt8(ascii: "_")
        || $0 == UInt8(ascii: ".")
    }
  }

  /// Dates in Stoa's own form have no quotes, as people write them.
  private static func isDate(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return [10, 20, 25].contains(bytes.count) && bytes[4] == UInt8(ascii: "-")
      && bytes.allSatisfy { ASCII.isDigit($0) || "-:TZ+".utf8.contains($0) }
  }

  private static func doublingQuotes(_ text: String) -> String {
    var doubled = ""
    for scalar in text.unicodeScalars {
      doubled.unicodeScalars.append(scalar)
      if scalar == "'" { doubled.unicodeScalars.append(scalar) }
    }
    return doubled
  }
}
