/// A value of a YAML document with the place where it begins.
///
/// Scalars are text whatever they look like: `no` stays "no", and whoever reads them gives them a type.
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

  /// The text of a scalar, nil for anything else.
  package var scalar: String? {
    if case .scalar(let text) = content { text } else { nil }
  }

  /// The entries of a mapping, nil for anything else.
  package var mapping: [YAMLEntry]? {
    if case .mapping(let entries) = content { entries } else { nil }
  }
}

/// A key and its value, in the order written.
package struct YAMLEntry: Sendable {
  package let key: String
  package let keyLine: Int
  package let keyColumn: Int
  package let value: YAMLNode
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
}
