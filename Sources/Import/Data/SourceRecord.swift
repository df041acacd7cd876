import StoaData

/// A mapping, such as a file's front matter.
struct SourceRecord: Sendable {
  private var entries: [SourceValue.Entry]

  init(_ entries: [SourceValue.Entry]) {
    self.entries = entries
  }

  var isEmpty: Bool { entries.isEmpty }

  /// The record with texts for keys that it does not have.
  func adding(_ texts: [String: String]) -> SourceRecord {
    let new = texts.sorted { $0.key < $1.key }.map {
      SourceValue.Entry(key: $0.key, value: .text($0.value))
    }
    return SourceRecord(entries + new)
  }

  /// The first value of a key, case-insensitive.
  subscript(key: String) -> SourceValue? {
    let bytes = key.utf8
    // Only keys of the same length are compared: with many combining marks on a letter, a comparison takes quadratic time.
    let alike = entries.filter { $0.key.utf8.count == bytes.count }
    return alike.first { $0.key.utf8.elementsEqual(bytes) }?.value
      ?? alike.first { $0.key.lowercased() == key.lowercased() }?.value
  }

  /// The first of several keys that has a non-empty text, without white space at its ends.
  func text(_ keys: String...) -> String { text(keys) }

  func text(_ keys: [String]) -> String {
    for key in keys {
      guard let text = self[key]?.text.map(CleanText.trim), !text.isEmpty else { continue }
      return text
    }
    return ""
  }

  /// The texts of all these keys, in order.
  func texts(_ keys: String...) -> [String] { keys.flatMap { self[$0]?.texts ?? [] } }

  /// The boolean value of a key, in any form of YAML 1.1 or 1.2; nil when it is no boolean or is missing.
  func flag(_ key: String) -> Bool? {
    switch self[key]?.text?.lowercased() {
    case "true", "yes", "on", "1": true
    case "false", "no", "off", "0": false
    default: nil
    }
  }

  /// Every key whose value is a text, with that text.
  var namedTexts: [(key: String, text: String)] {
    entries.compactMap { entry in entry.value.text.map { (entry.key, $0) } }
  }

  /// The record below a key.
  func record(_ key: String) -> SourceRecord? {
    if case .mapping(let entries) = self[key] { SourceRecord(entries) } else { nil }
  }

  /// The texts of all keys for personal addresses, which must not be written anywhere.
  var personalValues: [String] {
    entries.flatMap { entry -> [String] in
      Privacy.isPersonal(key: entry.key) ? entry.value.texts : []
    }
  }
}
