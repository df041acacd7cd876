import StoaAddresses
import StoaHTML
import StoaLink
import StoaModel

// Code, with the spans that a highlighter found in it.
extension BodyWriter {
  func code(_ language: String, _ text: StoredBytes, into buffer: inout ByteBuffer) {
    // A wide block scrolls on its own, and the keyboard must be able to reach it.
    buffer.write(medium == .page ? "<pre tabindex=\"0\"><code" : "<pre><code")
    if !language.isEmpty {
      buffer.write(" class=\"language-")
      buffer.writeEscaped(language)
      buffer.write("\"")
    }
    buffer.write(">")
    if let bytes = try? text.load() {
      // Feed readers have no style sheet.
      let colours = medium == .page ? context.highlights[language, bytes] : nil
      let spans = colours ?? [CodeSpan(nil, length: bytes.count)]
      bytes.withUnsafeBufferPointer { Self.write(spans, of: $0, into: &buffer) }
    }
    buffer.write("</code></pre>\n")
  }

  /// Writes code with its highlighted spans.
  ///
  /// Whatever the spans, every byte of the code is written once, escaped; classes are from a closed list.
  static func write(
    _ spans: [CodeSpan], of text: UnsafeBufferPointer<UInt8>, into buffer: inout ByteBuffer
  ) {
    var rest = text[...]
    for span in spans {
      let run = rest.prefix(span.length)
      rest = rest.dropFirst(span.length)
      guard let token = span.token else {
        buffer.writeEscaped(UnsafeBufferPointer(rebasing: run))
        continue
      }
      buffer.write("<span class=\"")
      buffer.write(token.rawValue)
      buffer.write("\">")
      buffer.writeEscaped(UnsafeBufferPointer(rebasing: run))
      buffer.write("</span>")
    }
    buffer.writeEscaped(UnsafeBufferPointer(rebasing: rest))
  }
}
