/// A complete XML element: its text, and the elements in it.
struct XMLElement: Sendable {
  /// With its prefix, as written: `wp:comment`.
  let name: String
  let attributes: [String: String]
  /// The text directly in it, including CDATA.
  var text: [UInt8] = []
  var children: [XMLElement] = []
  /// The place of its first XML error; such an element may lack any part.
  var failure: ImportFailure?

  /// The text on one line.
  var line: String { CleanText.line(String(decoding: text, as: UTF8.self), maximumLength: 10_000) }

  func first(_ name: String) -> XMLElement? { children.first { $0.name == name } }

  func all(_ name: String) -> [XMLElement] { children.filter { $0.name == name } }

  /// The text on one line of the first child with a name; empty when there is none.
  func line(of name: String) -> String { first(name)?.line ?? "" }

  /// The cleaned text of the first child with a name.
  func text(of name: String) -> [UInt8] { CleanText.clean(first(name)?.text ?? []) }
}
