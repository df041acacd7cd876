/// A run of bytes in a code block, with its token class.
package struct CodeSpan: Sendable, Hashable {
  /// Nil for plain text.
  package let token: TokenClass?
  /// In bytes.
  package let length: Int

  package init(_ token: TokenClass?, length: Int) {
    self.token = token
    self.length = length
  }
}

/// The spans of every code block in a build that Pygments recognised: the result of Highlight.
package struct Highlights: Sendable {
  /// No syntax highlighting.
  package static let none = Highlights()

  /// By `key(language:text:)`; the lengths of a block's spans add up to the block's.
  package var spans: [String: [CodeSpan]] = [:]
  package var diagnostics: [Diagnostic] = []

  package init() {}

  package subscript(language: String, text: [UInt8]) -> [CodeSpan]? {
    spans.isEmpty || language.isEmpty ? nil : spans[Self.key(language: language, text: text)]
  }

  /// The key of a block's content: blocks with the same language and text share it.
  package static func key(language: String, text: [UInt8]) -> String {
    SHA256.hexadecimal(of: Array(language.utf8) + [0] + text)
  }
}
