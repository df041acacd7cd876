/// An element of XML, whole: its text, and the elements in it.
struct XMLElement: Sendable {
  /// With its prefix, as written: `wp:comment`.
  let name: String
  let attributes: [String: String]
  /// What stands in it outside other elements, CDATA or not.
  var text: [UInt8] = []
  var children: [XMLElement] = []
  /// Where its XML is broken; such an element may miss anything.
  var failure: ImportFailure?

  /// The text on one line.
  var line: String { CleanText.line(String(decoding: text, as: UTF8.self), maximumLength: 10_000) }

  func first(_ name: String) -> XMLElement? { children.first { $0.name == name } }

  func all(_ name: String) -> [XMLElement] { children.filter { $0.name == name } }

  /// The line of the first child of a name; empty when there is none.
  func line(of name: String) -> String { first(name)?.line ?? "" }

  /// The text of the first child of a name, cleaned.
  func text(of name: String) -> [UInt8] { CleanText.clean(first(name)?.text ?? []) }
}
