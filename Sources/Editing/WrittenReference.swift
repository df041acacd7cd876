import StoaModel

/// A reference as it may be written in markdown.
struct WrittenReference {
  private let target: [UInt8]
  private let kind: Kind

  private enum Kind {
    case address
    case brackets
    case mention
  }

  init?(_ content: StoaModel.Slot.Content) {
    switch content {
    case .link(let address, _), .image(let address, _, _, _, _):
      (target, kind) = (Array(address.utf8), .address)
    case .wikilink(let target, _), .quote(let target, _), .embed(let target, _, _, _):
      (self.target, kind) = (Array(target.utf8), .brackets)
    case .mention(let handle): (target, kind) = (Array("@\(handle)".utf8), .mention)
    case .code, .formula, .diagram, .word, .backLink: return nil
    }
  }

  /// The new target, written in the same form as the old one.
  func spelled(_ new: String) -> String { kind == .mention ? "@\(new)" : new }

  /// Every place where the bytes may be this reference: the same text, with word boundaries around it.
  func places(in bytes: [UInt8]) -> [Range<Int>] {
    guard let first = target.first else { return [] }
    var places: [Range<Int>] = []
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == first || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "&"),
        mayBegin(at: index, in: bytes), let end = end(in: bytes, from: index),
        mayEnd(at: end, in: bytes)
      {
        places.append(index..<end)
        index = end
      } else {
        index += 1
      }
    }
    return places
  }

  private func mayBegin(at index: Int, in bytes: [UInt8]) -> Bool {
    switch kind {
    case .mention: return true
    case .brackets:
      let before = bytes[..<index].reversed().drop { $0 == 0x20 || $0 == 0x09 }
      return before.prefix(2).elementsEqual("[[".utf8)
    case .address:
      guard index > 0 else { return true }
      return !ASCII.isLetterOrDigit(bytes[index - 1])
        && (bytes[index - 1] < 0x80 || target.starts(with: "http".utf8))
    }
  }

  private func mayEnd(at end: Int, in bytes: [UInt8]) -> Bool {
    guard kind == .brackets else {
      return end == bytes.count || !ASCII.isLetterOrDigit(bytes[end]) || kind == .mention
    }
    let after = bytes[end...].drop { $0 == 0x20 || $0 == 0x09 }
    return after.first == UInt8(ascii: "|") || after.starts(with: "]]".utf8)
      || after.starts(with: "\\|".utf8)
  }

  /// The end of the target if it is written at a place, with backslashes and character references; otherwise nil.
  private func end(in bytes: [UInt8], from start: Int) -> Int? {
    var index = start
    var done = 0
    while done < target.count {
      guard index < bytes.count else { return nil }
      if bytes[index] == target[done] {
        // A backslash or an ampersand may also begin an escape of itself.
        if bytes[index] == UInt8(ascii: "&"), bytes[index...].starts(with: "&amp;".utf8) {
          index += "&amp;".utf8.count
        } else {
          index += 1
        }
        done += 1
      } else if bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count,
        bytes[index + 1] == target[done]
      {
        index += 2
        done += 1
      } else if bytes[index] == UInt8(ascii: "&"),
        let reference = CharacterReferenceText(in: bytes, at: index),
        target[done...].starts(with: reference.bytes)
      {
        index = reference.end
        done += reference.bytes.count
      } else {
        return nil
      }
    }
    return index
  }
}

/// A character reference by number or by one of XML's names.
private struct CharacterReferenceText {
  let bytes: [UInt8]
  let end: Int

  init?(in text: [UInt8], at start: Int) {
    let window = text[start..<min(text.count, start + 12)]
    guard let semicolon = window.firstIndex(of: UInt8(ascii: ";")) else { return nil }
    let name = String(decoding: text[(start + 1)..<semicolon], as: UTF8.self)
    let scalar: Unicode.Scalar?
    switch name {
    case "amp": scalar = "&"
    case "lt": scalar = "<"
    case "gt": scalar = ">"
    case "quot": scalar = "\""
    case "apos": scalar = "'"
    default:
      guard name.hasPrefix("#") else { return nil }
      let digits = name.dropFirst()
      let value =
        digits.lowercased().hasPrefix("x")
        ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits, radix: 10)
      scalar = value.flatMap { Unicode.Scalar($0) }
    }
    guard let scalar else { return nil }
    bytes = Array(String(scalar).utf8)
    end = semicolon + 1
  }
}
