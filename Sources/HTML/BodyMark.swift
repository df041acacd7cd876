/// The control bytes by which Parse distinguishes its own markup from the author's.
///
/// No author can write one: Parse replaces every control byte in a document, written or as a character reference, before it adds
/// its own. A token is the byte `opening`, a letter, a decimal number (or none) and the byte `closing`.
package enum BodyMark {
  /// Begins a token.
  package static let opening: UInt8 = 0x01
  /// Ends a token.
  package static let closing: UInt8 = 0x02
  /// Begins the value of an attribute that Parse writes: of `class` and `id`, and of the `href` of a footnote.
  package static let own: UInt8 = 0x03

  /// The token at the start of a block of the author's HTML, with its place in the file.
  package static func rawHTML(line: Int, column: Int = 1) -> [UInt8] {
    Array("\u{1}l\(line)\u{2}\u{1}o\(column)\u{2}".utf8)
  }
  /// The token at the start of an author's HTML tag within a line of markdown, with its place in the file.
  package static func inlineHTML(line: Int, column: Int) -> [UInt8] {
    Array("\u{1}n\(line)\u{2}\u{1}o\(column)\u{2}".utf8)
  }
  /// The token at its end, also when elements are left open.
  package static let rawHTMLEnd: [UInt8] = Array("\u{1}e\u{2}".utf8)
  /// The token at the end of a markdown block with such tags: elements that they left open are closed here.
  package static let blockEnd = "\u{1}b\u{2}"
  /// The value of the `href` of a link that is a slot.
  package static func link(slot: Int) -> String { "\u{1}\(slot)\u{2}" }
}
