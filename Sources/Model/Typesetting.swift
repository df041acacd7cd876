/// The markup of formulas and diagrams on pages: the result of Typeset.
package struct Typesetting: Sendable {
  /// Formulas and diagrams are shown as their source.
  package static let none = Typesetting()

  /// MathML, by `key(tex:isDisplay:)`.
  package var formulas: [String: [UInt8]] = [:]
  /// By `key(diagram:)`.
  package var diagrams: [String: Diagram] = [:]
  package var diagnostics: [Diagnostic] = []

  package init() {}

  /// The MathML of a formula; nil when its source is shown.
  package subscript(tex: [UInt8], form: FormulaForm) -> [UInt8]? {
    formulas.isEmpty ? nil : formulas[Self.key(tex: tex, isDisplay: form != .inline)]
  }

  /// Nil when the diagram's source is shown.
  package subscript(diagram source: [UInt8]) -> Diagram? {
    diagrams.isEmpty ? nil : diagrams[Self.key(diagram: source)]
  }

  /// The key of a formula's content: formulas with the same TeX and form share it.
  package static func key(tex: [UInt8], isDisplay: Bool) -> String {
    SHA256.hexadecimal(of: [UInt8(ascii: isDisplay ? "d" : "i")] + tex)
  }

  package static func key(diagram source: [UInt8]) -> String {
    SHA256.hexadecimal(of: source)
  }
}

/// A drawing as part of a page.
package struct Diagram: Sendable, Hashable {
  /// The content of `<svg>`.
  package let content: [UInt8]
  /// Its text alternative, for readers who do not see it.
  package let words: String
  /// In pixels.
  package let width: Int
  package let height: Int
  /// The `viewBox` of its coordinates, in SVG's form.
  package let viewBox: String
  /// Whether it has its own colours, which are made for light paper.
  package let isColoured: Bool
  package let hasLinks: Bool

  package init(
    content: [UInt8], words: String, width: Int, height: Int, viewBox: String, isColoured: Bool,
    hasLinks: Bool
  ) {
    self.content = content
    self.words = words
    self.width = width
    self.height = height
    self.viewBox = viewBox
    self.isColoured = isColoured
    self.hasLinks = hasLinks
  }
}
