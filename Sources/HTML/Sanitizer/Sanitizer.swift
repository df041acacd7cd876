/// What the sanitiser has found in a text besides what it writes.
package struct SanitizedHTML: Sendable {
  /// The links and images of the author's HTML, whose slots are numbered on.
  package let references: [HTMLReference]
  /// What of the author's HTML is not on the page as it was written.
  package let remarks: [HTMLRemark]
}

/// The only door through which a text's HTML gets onto a page.
///
/// It reads bytes as a browser's tokenizer does and writes a language of its own that is much smaller than HTML: listed elements,
/// all closed and in places where a browser leaves them; listed attributes, in double quotes and with values of known form; text
/// with its metacharacters escaped. What is between angle brackets and is no element of HTML is text. No comments, no elements whose content is read by other rules, no foreign markup. So whoever
/// reads the result reads the same, and the rules need not know what attackers know.
package enum Sanitizer {
  /// Appends a text's HTML, with links and images as slots.
  ///
  /// What stands between the tokens for raw HTML is the author's; the rest is the library's and Parse's.
  package static func sanitize(
    _ html: UnsafeBufferPointer<UInt8>, firstSlot: Int, into buffer: inout ByteBuffer
  ) -> SanitizedHTML {
    var pass = SanitizerPass(html, firstSlot: firstSlot, buffer: buffer)
    // So that the pass's buffer is the only one and can grow in place.
    buffer = ByteBuffer()
    pass.run()
    buffer = pass.buffer
    return SanitizedHTML(references: pass.references, remarks: pass.remarks.all)
  }
}
