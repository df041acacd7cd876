import StoaLink
import StoaModel
import StoaWords

extension LinkedBody {
  /// A piece of the body without markup, its slots as readers see them.
  func plainText(_ body: ArraySlice<UInt8>) -> [UInt8] {
    var text: [UInt8] = []
    var index = body.startIndex
    let references: [String: UInt8] = [
      "amp": UInt8(ascii: "&"), "lt": UInt8(ascii: "<"), "gt": UInt8(ascii: ">"),
      "quot": UInt8(ascii: "\""), "#39": UInt8(ascii: "'"),
    ]
    while index < body.endIndex {
      let byte = body[index]
      let closing: UInt8? =
        switch byte {
        case UInt8(ascii: "<"): UInt8(ascii: ">")
        case UInt8(ascii: "&"): UInt8(ascii: ";")
        case 0x01: 0x02
        default: nil
        }
      guard let closing else {
        text.append(byte)
        index += 1
        continue
      }
      let end = body[index...].firstIndex(of: closing) ?? body.endIndex - 1
      let inner = String(decoding: body[(index + 1)..<max(end, index + 1)], as: UTF8.self)
      if byte == UInt8(ascii: "&") {
        text.append(references[inner] ?? UInt8(ascii: " "))
      } else if byte == 0x01, let letter = inner.utf8.first, let number = Int(inner.dropFirst()) {
        text += searchText(ofSlot: number, as: letter)?.bytes ?? []
      }
      index = end + 1
    }
    return text
  }

  /// The beginning of the text, with at most this many scalars.
  func beginning(_ length: Int) -> String {
    guard let bytes = try? document.body.load() else { return "" }
    // There is rarely more markup than text.
    var start = bytes.prefix(4 * length)
    if start.count < bytes.count {
      // Not within a scalar.
      while let last = start.popLast(), last & 0xC0 == 0x80 {}
    }
    let text = String(decoding: plainText(start), as: UTF8.self).unicodeScalars
    guard text.count > length else { return String(text) }
    let words = text.prefix(length)
    let end = words.lastIndex(of: " ") ?? words.endIndex
    return String(String.UnicodeScalarView(words[..<end])) + "…"
  }
}
