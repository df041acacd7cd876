import StoaModel

/// The origin of a request for the limits: a network, because one person may have millions of addresses in it.
package enum NetworkAddress {
  /// An IPv4 address, or the first 64 bits of an IPv6 address, in canonical form; nil if the text is no address.
  package static func network(of text: String) -> [UInt8]? {
    var text = text[...]
    if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
      text = text[text.index(after: text.startIndex)..<end]
    }
    if let zone = text.firstIndex(of: "%") { text = text[..<zone] }
    if let four = fourth(text) { return four }
    guard let words = sixth(text) else { return nil }
    // An IPv4-mapped IPv6 address is one machine, not a network.
    if words[..<5].allSatisfy({ $0 == 0 }), words[5] == 0xFFFF {
      return words[6...].flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    }
    return words[..<4].flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
  }

  /// Whether an address is this machine's own, so that a proxy there is trusted to report the client's address.
  package static func isLoopback(_ text: String) -> Bool {
    if text == "::1" { return true }
    return network(of: text).map { $0.count == 4 && $0[0] == 127 } ?? false
  }

  private static func fourth(_ text: Substring) -> [UInt8]? {
    let parts = text.utf8.split(
      separator: UInt8(ascii: "."), maxSplits: 4, omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var bytes: [UInt8] = []
    for part in parts {
      guard (1...3).contains(part.count), part.allSatisfy(ASCII.isDigit),
        let byte = UInt8(String(Substring(part)))
      else { return nil }
      bytes.append(byte)
    }
    return bytes
  }

  private static func sixth(_ text: Substring) -> [UInt16]? {
    let halves = Array(text.utf8).split(text: "::")
    guard halves.count <= 2 else { return nil }
    var words: [[UInt16]] = []
    for half in halves {
      guard let part = self.words(half) else { return nil }
      words.append(part)
    }
    let count = words.reduce(0) { $0 + $1.count }
    if words.count == 1 { return count == 8 ? words[0] : nil }
    guard count < 8 else { return nil }
    return words[0] + [UInt16](repeating: 0, count: 8 - count) + words[1]
  }

  private static func words(_ bytes: ArraySlice<UInt8>) -> [UInt16]? {
    guard !bytes.isEmpty else { return [] }
    var words: [UInt16] = []
    let parts = bytes.split(
      separator: UInt8(ascii: ":"), maxSplits: 8, omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      let text = String(decoding: part, as: UTF8.self)
      if index == parts.count - 1, let four = fourth(text[...]) {
        words += [UInt16(four[0]) << 8 | UInt16(four[1]), UInt16(four[2]) << 8 | UInt16(four[3])]
      } else if (1...4).contains(part.count), part.allSatisfy(ASCII.isHexDigit),
        let word = UInt16(text, radix: 16)
      {
        words.append(word)
      } else {
        return nil
      }
    }
    return words
  }
}

extension [UInt8] {
  /// The parts around every `::`.
  fileprivate func split(text separator: String) -> [ArraySlice<UInt8>] {
    let separator = Array(separator.utf8)
    var parts: [ArraySlice<UInt8>] = []
    var start = 0
    var index = 0
    while index + separator.count <= count {
      if self[index..<(index + separator.count)].elementsEqual(separator) {
        parts.append(self[start..<index])
        index += separator.count
        start = index
      } else {
        index += 1
      }
    }
    parts.append(self[start...])
    return parts
  }
}
