/// Base64 (RFC 4648) as mail has it.
enum Base64Text {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func encode(_ bytes: some Collection<UInt8>) -> String {
    var text: [UInt8] = []
    var rest = Array(bytes)[...]
    while !rest.isEmpty {
      let group = Array(rest.prefix(3))
      rest = rest.dropFirst(3)
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for place in 0..<4 {
        text.append(
          place > group.count ? UInt8(ascii: "=") : alphabet[bits >> (18 - 6 * place) & 0x3F])
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The bytes in lines of 76 characters.
  static func lines(of bytes: [UInt8]) -> [String] {
    stride(from: 0, to: bytes.count, by: 57).map {
      encode(bytes[$0..<min($0 + 57, bytes.count)])
    }
  }

  /// The lines of a header whose text is in any script: encoded words, in lines of at most 76 characters (RFC 2047).
  static func header(_ name: String, _ text: String) -> [String] {
    var words: [[UInt8]] = [[]]
    for scalar in text.unicodeScalars {
      let bytes = Array(String(scalar).utf8)
      // An encoded word has twelve more characters, and a space or the field's name precedes it.
      let room = 76 - 12 - (words.count == 1 ? name.utf8.count + 2 : 1)
      if words[words.count - 1].count + bytes.count > room / 4 * 3 { words.append([]) }
      words[words.count - 1] += bytes
    }
    let encoded = words.map { "=?utf-8?B?\(encode($0))?=" }
    return ["\(name): \(encoded[0])"] + encoded.dropFirst().map { " \($0)" }
  }
}
