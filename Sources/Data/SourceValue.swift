/// A value of YAML, JSON or TOML: texts, lists and mappings.
///
/// Scalars stay as they were written, so `no`, `null` and `0123` are texts; the code that reads a key converts it.
package enum SourceValue: Sendable, Equatable {
  case text(String)
  case list([SourceValue])
  indirect case mapping([Entry])

  package struct Entry: Sendable, Equatable {
    package let key: String
    package let value: SourceValue

    package init(key: String, value: SourceValue) {
      self.key = key
      self.value = value
    }
  }

  package var text: String? {
    if case .text(let text) = self { text } else { nil }
  }

  /// A text, or the texts of a list.
  package var texts: [String] {
    switch self {
    case .text(let text): text.isEmpty ? [] : [text]
    case .list(let items): items.compactMap(\.text).filter { !$0.isEmpty }
    case .mapping: []
    }
  }
}
