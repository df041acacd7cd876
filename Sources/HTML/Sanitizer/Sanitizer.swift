/// The sanitiser's findings in a document, besides its output.
package struct SanitizedHTML: Sendable {
  /// The links and images of the author's HTML; their slot numbers follow those of the markdown.
  package let references: [HTMLReference]
  /// The parts of the author's HTML that were changed or removed.
  package let remarks: [HTMLRemark]
  /// The author's HTML: the line in the token of each piece, and where the piece begins in the input.
  package let pieces: [(line: Int, start: Int)]
  /// The ranges of the input that are comments, or elements that are removed with their content.
  package let hidden: [Range<Int>]
}

/// The only way by which a document's HTML gets onto a page.
///
/// It reads bytes as a browser's tokenizer does, and writes a language that is much smaller than HTML: allowed elements, all closed
/// and in places where a browser leaves them; allowed attributes, in double quotes and with values of known form; text with its
/// metacharacters escaped. Text in angle brackets that is no element of HTML remains text. The output has no comments, no elements
/// with parsing rules of their own, and no foreign markup. So all browsers parse the output alike, and the rules need not list
/// attacks.
package enum Sanitizer {
  /// Appends a text's HTML, with links and images as slots.
  ///
  /// HTML between the tokens for raw HTML is the author's; the rest was written by cmark-gfm and Parse.
  package static func sanitize(
    _ html: UnsafeBufferPointer<UInt8>, firstSlot: Int, into buffer: inout ByteBuffer
  ) -> SanitizedHTML {
    var pass = SanitizerPass(html, firstSlot: firstSlot, buffer: buffer)
    // The pass is then the buffer's only owner, so the buffer grows in place.
    buffer = ByteBuffer()
    pass.run()
    buffer = pass.buffer
    return SanitizedHTML(
      references: pass.references, remarks: pass.remarks.all, pieces: pass.pieces,
      hidden: pass.hidden)
  }
}
