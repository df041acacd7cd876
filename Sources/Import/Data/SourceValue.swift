/// A value of YAML, JSON or TOML: texts, lists and mappings.
///
/// Scalars stay as they were written, so `no`, `null` and `0123` are texts; the reader of a key gives it a type.
package enum SourceValue: Sendable, Equatable {
  case text(String)
  case list([SourceValue])
  indirect case mapping([Entry])

  package struct Entry: Sendable, Equatable {
    package let key: String
    package let value: SourceValue
  }

  package var text: String? {
    if case .text(let text) = self { text } else { nil }
  }

  /// A text, or the texts of a list.
  var texts: [String] {
    switch self {
    case .text(let text): text.isEmpty ? [] : [text]
    case .list(let items): items.compactMap(\.text).filter { !$0.isEmpty }
    case .mapping: []
    }
  }
}

/// The mapping that a file holds.
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

  /// The first value of a key, in any case.
  subscript(key: String) -> SourceValue? {
    let bytes = key.utf8
    // Keys of other lengths are not compared: with many marks on a letter that takes their number squared.
    let alike = entries.filter { $0.key.utf8.count == bytes.count }
    return alike.first { $0.key.utf8.elementsEqual(bytes) }?.value
      ?? alike.first { $0.key.lowercased() == key.lowercased() }?.value
  }

  /// The first of several keys that has a text with something in it, without white space around.
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

  /// Whether a key says yes, in any of the ways YAML has had; nil when it says neither or is missing.
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

  /// Every text whose key is about a person's address: what must not be written anywhere.
  var personalValues: [String] {
    entries.flatMap { entry -> [String] in
      Privacy.isPersonal(key: entry.key) ? entry.value.texts : []
    }
  }
}
