import StoaHTML
import StoaModel

extension ByteBuffer {
  /// Appends the text of an element, escaped; a control character, which no page may have, becomes a space.
  mutating func writeContent(_ text: [UInt8]) {
    let clean = text.map { $0 < 0x20 || $0 == 0x7F ? 0x20 : $0 }
    // As UTF-8, whatever the tool wrote.
    writeEscaped(String(decoding: clean, as: UTF8.self))
  }
}
