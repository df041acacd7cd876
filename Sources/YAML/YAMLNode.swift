/// A value of a YAML document with the place where it begins.
///
/// Scalars are text in every case: `no` stays "no", and the reader of a key gives it a type.
package struct YAMLNode: Sendable {
  package indirect enum Content: Sendable {
    case scalar(String)
    case sequence([YAMLNode])
    case mapping([YAMLEntry])
  }

  package let content: Content
  /// From 1.
  package let line: Int
  /// From 1, in UTF-8 bytes.
  package let column: Int
  /// How many bytes a scalar takes, with its quotes; 0 for one of several lines and for what is no scalar.
  package var length = 0
  /// Whether this is a scalar without quotes, of which YAML may have taken less than was meant.
  package var isPlain = false
  /// Whether a plain scalar goes on in a line that begins like an item of a list.
  package var swallowsItem = false
  /// What stands behind a plain scalar on its line, from its `#` on; nil when nothing does.
  package var comment: String?

  package init(content: Content, line: Int, column: Int) {
    self.content = content
    self.line = line
    self.column = column
  }

  /// The text of a scalar, nil for anything else.
  package var scalar: String? {
    if case .scalar(let text) = content { text } else { nil }
  }

  /// The entries of a mapping, nil for anything else.
  package var sequence: [YAMLNode]? {
    if case .sequence(let items) = content { items } else { nil }
  }

  package var mapping: [YAMLEntry]? {
    if case .mapping(let entries) = content { entries } else { nil }
  }
}

/// A key and its value, in the order written.
package struct YAMLEntry: Sendable {
  package let key: String
  package let keyLine: Int
  package let keyColumn: Int
  /// How many bytes the key takes, with its quotes; 0 where that is not known.
  package let keyLength: Int
  package let value: YAMLNode

  package init(
    key: String, keyLine: Int, keyColumn: Int, keyLength: Int = 0, value: YAMLNode
  ) {
    self.keyLength = keyLength
    self.key = key
    self.keyLine = keyLine
    self.keyColumn = keyColumn
    self.value = value
  }
}

/// Why a document was not read.
package struct YAMLProblem: Error {
  package enum Kind: Sendable {
    case syntax
    /// An anchor, alias, tag, directive or second document.
    case forbidden
    /// Too much depth or size.
    case tooLarge
    case controlCharacter
  }

  package let kind: Kind
  package let message: String
  package let line: Int
  package let column: Int
  /// The line that holds the problem, for problems of syntax.
  package var source = ""
}
