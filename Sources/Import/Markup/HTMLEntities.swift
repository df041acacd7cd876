/// Decodes HTML's character references, for titles and names that are kept as text.
enum HTMLEntities {
  /// The common references of people and WordPress; others are kept.
  private static let named: [String: String] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}",
    "hellip": "…", "mdash": "—", "ndash": "–", "lsquo": "‘", "rsquo": "’", "ldquo": "“",
    "rdquo": "”", "laquo": "«", "raquo": "»", "copy": "©", "reg": "®", "trade": "™",
    "bull": "•", "middot": "·", "eacute": "é", "egrave": "è", "agrave": "à", "ccedil": "ç",
    "auml": "ä", "ouml": "ö", "uuml": "ü", "Auml": "Ä", "Ouml": "Ö", "Uuml": "Ü", "szlig": "ß",
    "ntilde": "ñ", "euro": "€", "pound": "£", "deg": "°", "times": "×",
  ]

  static func decode(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
    var result = ""
    var rest = text[...]
    while let start = rest.utf8.firstIndex(of: UInt8(ascii: "&")) {
      result += rest[..<start]
      rest = rest[start...]
      let body = rest.utf8.dropFirst().prefix(10)
      guard let end = body.firstIndex(of: UInt8(ascii: ";")),
        let decoded = decoded(String(rest[rest.utf8.index(after: start)..<end]))
      else {
        result += "&"
        rest = rest[rest.utf8.index(after: start)...]
        continue
      }
      result += decoded
      rest = rest[rest.utf8.index(after: end)...]
    }
    return result + rest
  }

  private static func decoded(_ name: String) -> String? {
    if let known = named[name] { return known }
    guard name.hasPrefix("#") else { return nil }
    let digits = name.dropFirst()
    let isHexadecimal = digits.hasPrefix("x") || digits.hasPrefix("X")
    guard
      let code = UInt32(
        isHexadecimal ? digits.dropFirst() : digits, radix: isHexadecimal ? 16 : 10),
      let scalar = Unicode.Scalar(code), code >= 0x20
    else { return nil }
    return String(Character(scalar))
  }
}
