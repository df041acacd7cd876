import StoaHTML
import StoaLink
import StoaModel

// Writes formulas and diagrams, or their source if a tool made nothing of them.
extension BodyWriter {
  /// A formula with more characters may be wider than a narrow screen: then it scrolls, and the keyboard must be able to reach it.
  private static var narrow: Int { 28 }

  private static func isWide(_ markup: [UInt8]) -> Bool {
    var count = 0
    var isInTag = false
    for byte in markup {
      switch byte {
      case UInt8(ascii: "<"): isInTag = true
      case UInt8(ascii: ">"): isInTag = false
      default: count += isInTag || byte & 0xC0 == 0x80 ? 0 : 1
      }
    }
    return count > narrow
  }

  func formula(_ source: StoredBytes, _ form: FormulaForm, into buffer: inout ByteBuffer) {
    guard let tex = try? source.load() else { return }
    // Feed readers that do not know MathML would show its characters without their layout.
    guard medium == .page, let markup = context.typesetting[tex, form] else {
      return self.source(tex, source, form, into: &buffer)
    }
    let isWide = Self.isWide(markup)
    switch form {
    case .block:
      buffer.write(
        isWide ? "<div class=\"wide formula\" tabindex=\"0\">" : "<div class=\"formula\">")
      buffer.write(markup)
      buffer.write("</div>\n")
    case .inline, .display:
      if isWide { buffer.write("<span class=\"formula\" tabindex=\"0\">") }
      buffer.write(markup)
      if isWide { buffer.write("</span>") }
    }
  }

  private func source(
    _ tex: [UInt8], _ source: StoredBytes, _ form: FormulaForm, into buffer: inout ByteBuffer
  ) {
    guard form != .block else { return code("math", source, into: &buffer) }
    buffer.write("<code>")
    form.typed(tex).withUnsafeBufferPointer { buffer.writeEscaped($0) }
    buffer.write("</code>")
  }

  func diagram(_ source: StoredBytes, into buffer: inout ByteBuffer) {
    guard medium == .page, let dot = try? source.load(),
      let diagram = context.typesetting[diagram: dot]
    else { return code("dot", source, into: &buffer) }
    buffer.write("<figure class=\"wide diagram")
    if diagram.isColoured { buffer.write(" coloured") }
    buffer.write("\" tabindex=\"0\"><svg role=\"")
    // Links within an image cannot be followed.
    buffer.write(diagram.hasLinks ? "group" : "img")
    buffer.write("\" aria-label=\"")
    buffer.writeEscaped(diagram.words)
    buffer.write("\" width=\"\(diagram.width)\" height=\"\(diagram.height)\" viewBox=\"")
    buffer.writeEscaped(diagram.viewBox)
    buffer.write("\">")
    buffer.write(diagram.content)
    buffer.write("</svg></figure>\n")
  }
}
