/// A value of a YAML document with the place where it begins.
///
/// Scalars are always text: `no` stays "no", and the code that reads a key converts it.
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
  /// The length of a scalar in bytes, with its quotes; 0 for one of several lines and for anything else.
  package var length = 0
  /// Whether this is a scalar without quotes, of which YAML may have read less than its author meant.
  package var isPlain = false
  /// Whether a plain scalar continues on a line that begins like a list item.
  package var swallowsItem = false
  /// The comment after a plain scalar on its line, from its `#` on; nil when there is none.
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

  /// The items of a sequence, nil for anything else.
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
  /// The length of the key in bytes, with its quotes; 0 if it is unknown.
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
    /// The document is too deep or too large.
    case tooLarge
    case controlCharacter
  }

  package let kind: Kind
  package let message: String
  package let line: Int
  package let column: Int
  /// The source line of the problem, for syntax errors.
  package var source = ""
}
