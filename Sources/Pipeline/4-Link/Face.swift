import StoaModel

/// The replacement for a missing portrait: initials on one of 24 hues.
package enum Face {
  package static let hueCount = 24

  /// The hue of a handle or a guest's name: FNV-1a, so that it is the same on every machine and never changes.
  package static func hue(of name: String) -> Int {
    var hash: UInt32 = 2_166_136_261
    for byte in name.utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
    return Int(hash % UInt32(hueCount))
  }

  /// The first letters of the first and the last word, or the first two letters of a single word.
  package static func initials(of name: String) -> String {
    initials(ofASCII: Array(name.utf8)) ?? initials(ofAny: name)
  }

  static func initials(ofAny name: String) -> String {
    let words = name.split { !$0.isLetter && !$0.isNumber }
    guard let first = words.first, let last = words.last else { return "?" }
    if words.count > 1 {
      return String([first[first.startIndex], last[last.startIndex]]).uppercased()
    }
    // One ideograph is as distinctive as two letters.
    let isAlphabetic = first.first?.isCased ?? false
    return String(first.prefix(isAlphabetic ? 2 : 1)).uppercased()
  }

  /// The same for ASCII names, which are frequent among guests, without Unicode's tables; nil for others.
  private static func initials(ofASCII name: [UInt8]) -> String? {
    guard name.allSatisfy({ $0 < 0x80 }) else { return nil }
    guard let start = name.firstIndex(where: ASCII.isLetterOrDigit),
      let end = name.lastIndex(where: ASCII.isLetterOrDigit)
    else { return "?" }
    let last = name[...end].lastIndex { !ASCII.isLetterOrDigit($0) }.map { $0 + 1 } ?? 0
    let isDigit = name[start] < UInt8(ascii: "A")
    let letters =
      last > start
      ? [name[start], name[last]] : Array(name[start...end].prefix(isDigit ? 1 : 2))
    return String(decoding: letters, as: UTF8.self).uppercased()
  }
}
