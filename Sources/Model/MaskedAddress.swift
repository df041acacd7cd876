extension MailAddress {
  /// The replacement for an address.
  package static let mask = "[address removed]"

  /// The text in place of a link whose target has addresses: the URL with masks, or for `mailto:` only the mask.
  ///
  /// - Parameter ranges: the places of the addresses, at least one.
  package static func shown(target url: [UInt8], at ranges: [Range<Int>]) -> [UInt8] {
    let isMail = url.prefix(7).map(ASCII.lowercased).elementsEqual("mailto:".utf8)
    return isMail ? Array(mask.utf8) : masked(url, at: ranges)
  }

  /// Whether a text has a mask.
  package static func holdsMask(_ text: some Collection<UInt8>) -> Bool {
    let words = Array(mask.utf8.dropFirst().dropLast())
    var rest = text[...]
    while let start = rest.firstIndex(of: words[0]) {
      rest = rest[start...]
      if rest.starts(with: words) { return true }
      rest = rest.dropFirst()
    }
    return false
  }

  /// The text with all addresses masked; nil when it has none.
  package static func masked(_ bytes: [UInt8]) -> [UInt8]? {
    let ranges = ranges(in: bytes, urls: .searched)
    return ranges.isEmpty ? nil : masked(bytes, at: ranges)
  }

  /// The text with the mask in place of some ranges, which are in order and do not overlap.
  ///
  /// Inside brackets, the mask has no brackets of its own: double brackets would begin or end a wikilink.
  ///
  /// - Parameters:
  ///   - before: The byte before the text; 0 when there is none.
  ///   - after: The byte after the text.
  ///   - isMarkdown: Whether the text is markdown, in which the mask must not begin a link or a definition.
  package static func masked(
    _ bytes: [UInt8], at ranges: [Range<Int>], before: UInt8 = 0, after: UInt8 = 0,
    isMarkdown: Bool = false
  ) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + ranges.count * mask.utf8.count)
    var copied = 0
    for range in ranges {
      result += bytes[copied..<range.lowerBound]
      copied = range.upperBound
      let next = copied < bytes.count ? bytes[copied] : after
      let isBare = (result.last ?? before) == UInt8(ascii: "[") || next == UInt8(ascii: "]")
      result += isBare ? mask.utf8.dropFirst().dropLast() : mask.utf8[...]
      if isMarkdown, !isBare, ":([".utf8.contains(next) { result.append(UInt8(ascii: "\\")) }
    }
    return result + bytes[copied...]
  }

  /// Whether an address is at a host that is reserved for documentation (RFC 2606).
  package static func isExample(_ address: some Collection<UInt8>) -> Bool {
    let host = address.drop { $0 != UInt8(ascii: "@") }.dropFirst().map(ASCII.lowercased)
    let labels = host.split(separator: UInt8(ascii: ".")).map {
      String(decoding: $0, as: UTF8.self)
    }
    guard let last = labels.last else { return false }
    if ["example", "test", "invalid", "localhost"].contains(last) { return true }
    return labels.dropLast().last == "example" && ["com", "net", "org"].contains(last)
  }
}
