import StoaModel

/// Removes e-mail and IP addresses from everything that is written.
///
/// Fields for such addresses are never copied. Two kinds remain: addresses in the bodies of comments, where every e-mail address is
/// masked, and the values of the private fields, which are masked wherever they occur.
struct Privacy: Sendable {
  static let mask = MailAddress.mask

  /// Whether the community shows addresses in the bodies of responses (`addresses-in-text`).
  private let showsAddressesInText: Bool
  /// In lower case.
  private var values: Set<[UInt8]> = []

  init(showsAddressesInText: Bool = false) {
    self.showsAddressesInText = showsAddressesInText
  }

  /// Whether a key of a source is for a personal address, or for a value made from one.
  static func isPersonal(key: String) -> Bool {
    let key = key.utf8.compactMap(foldedKeyByte)
    func ends(_ end: String) -> Bool { key.suffix(end.utf8.count).elementsEqual(end.utf8) }
    if ends("mail") || ends("ipaddress") || ends("authorip") { return true }
    if key.elementsEqual("ip".utf8) || key.elementsEqual("useragent".utf8) { return true }
    return key.indices.contains { start in
      let rest = key[start...]
      return rest.starts(with: "email".utf8) || rest.starts(with: "gravatar".utf8)
        || rest.starts(with: "avatar".utf8)
    }
  }

  /// ASCII letters in lower case, digits, and all other bytes above ASCII.
  private static func foldedKeyByte(_ byte: UInt8) -> UInt8? {
    ASCII.isLetterOrDigit(byte) || byte >= 0x80 ? ASCII.lowercased(byte) : nil
  }

  /// Adds a value of a private field.
  mutating func learn(_ value: String) {
    let bytes = Array(CleanText.trim(value).utf8)
    guard bytes.count >= 5, !Self.common.contains(value) else { return }
    let isAddress =
      bytes.contains(UInt8(ascii: "@"))
      || bytes.allSatisfy(Self.isNumberByte) && bytes.contains { $0 == 0x2E || $0 == 0x3A }
    if isAddress { values.insert(bytes.map(ASCII.lowercased)) }
  }

  /// Common addresses in texts about networks, which identify no person.
  private static let common: Set<String> = ["127.0.0.1", "::1", "0.0.0.0", "localhost"]

  /// The text without private values; in a comment, without any e-mail address unless the community shows them.
  func masked(_ bytes: [UInt8], isComment: Bool, isMarkdown: Bool) -> [UInt8] {
    let places = places(in: bytes, masksAll: isComment && !showsAddressesInText)
    return places.isEmpty
      ? bytes : MailAddress.masked(bytes, at: places, isMarkdown: isMarkdown)
  }

  /// Whether a text has something to mask.
  func masks(_ bytes: [UInt8], isComment: Bool) -> Bool {
    !places(in: bytes, masksAll: isComment && !showsAddressesInText).isEmpty
  }

  /// The text in place of a link whose target has something to mask; nil when it has nothing.
  func shown(target: String, isComment: Bool) -> String? {
    let bytes = Array(target.utf8)
    let masksAll = isComment && !showsAddressesInText
    var places = places(in: bytes, masksAll: masksAll)
    // The target of `mailto:` is always an address, even if its form is unusual.
    if masksAll, places.isEmpty { places = MailAddress.ranges(inTarget: bytes) }
    guard !places.isEmpty else { return nil }
    return String(decoding: MailAddress.shown(target: bytes, at: places), as: UTF8.self)
  }

  /// A label or address on one line, without personal addresses; empty when nothing else is left.
  func masked(line: String, maximumLength: Int = 500) -> String {
    let line = Array(CleanText.line(line, maximumLength: maximumLength).utf8)
    let bytes = MailAddress.masked(line, at: places(in: line, masksAll: true))
    let text = String(decoding: bytes, as: UTF8.self)
    return text == Self.mask || PersonalAddress.isIn(text) || text.showsNothing ? "" : text
  }

  /// A person's name without the addresses in it; empty when nothing else is left.
  func masked(name: String) -> String {
    let line = CleanText.line(name, maximumLength: 200)
    var rest = Array(line.utf8)
    for place in places(in: rest, masksAll: true).reversed() {
      rest.replaceSubrange(place, with: [1])
    }
    let text = rest.contains(1) ? String(decoding: Self.withoutGaps(rest), as: UTF8.self) : line
    return PersonalAddress.isIn(text) || text.showsNothing
      ? "" : CleanText.line(text, maximumLength: 200)
  }

  /// A name without masks, without brackets that are now empty or unmatched, and without separators at its ends.
  private static func withoutGaps(_ name: [UInt8]) -> [UInt8] {
    var kept: [UInt8] = []
    var open: [Int] = []
    for byte in name {
      if closings[byte] != nil {
        open.append(kept.count)
        kept.append(byte)
      } else if closings.values.contains(byte) {
        guard let start = open.popLast() else { continue }
        let isEmpty = kept[(start + 1)...].allSatisfy { $0 == 0x20 || $0 == 1 }
        if isEmpty || closings[kept[start]] != byte {
          kept[start] = 0x20
        } else {
          kept.append(byte)
        }
      } else {
        kept.append(byte)
      }
    }
    for start in open { kept[start] = 0x20 }
    for index in kept.indices where kept[index] == 1 { kept[index] = 0x20 }
    let isSeparator: (UInt8) -> Bool = { $0 == 0x20 || ",;:|/-<>\"".utf8.contains($0) }
    while let last = kept.last, isSeparator(last) { kept.removeLast() }
    return Array(kept.drop(while: isSeparator))
  }

  private static let closings: [UInt8: UInt8] = [
    UInt8(ascii: "("): UInt8(ascii: ")"), UInt8(ascii: "<"): UInt8(ascii: ">"),
    UInt8(ascii: "["): UInt8(ascii: "]"), UInt8(ascii: "{"): UInt8(ascii: "}"),
  ]

  /// The ranges to mask, in order and without overlaps.
  private func places(in bytes: [UInt8], masksAll: Bool) -> [Range<Int>] {
    let found =
      bytes.contains { "@%&".utf8.contains($0) } ? mailboxes(in: bytes, masksAll: masksAll) : []
    var end = 0
    return (found + disguised(in: bytes) + numbers(in: bytes)).sorted {
      $0.lowerBound < $1.lowerBound
    }.filter { place in
      defer { end = max(end, place.upperBound) }
      return place.lowerBound >= end
    }
  }

  /// The e-mail addresses to mask: all of them, or only private values, which are found even if they are no valid mailbox.
  private func mailboxes(in bytes: [UInt8], masksAll: Bool) -> [Range<Int>] {
    let found = MailAddress.ranges(in: bytes, urls: .searched)
    var places = found.filter { masksAll || isPrivate(bytes[$0]) }
    guard !values.isEmpty else { return places }
    for at in bytes.indices where bytes[at] == UInt8(ascii: "@") {
      let local = bytes[..<at].suffix(while: Self.isPlainByte, atMost: 64)
      var host = bytes[(at + 1)...].prefix(256).prefix(while: Self.isPlainByte)
      while let last = host.last, last == 0x2E || last == 0x2D { host = host.dropLast() }
      let place = local.startIndex..<host.endIndex
      // A place that was found twice is masked once.
      if isPrivate(bytes[place]) { places.append(place) }
    }
    return places
  }

  /// Private values as archives of mail disguise them: `ada at example.org`.
  private func disguised(in bytes: [UInt8]) -> [Range<Int>] {
    guard !values.isEmpty else { return [] }
    var places: [Range<Int>] = []
    var rest = bytes[...]
    while let at = rest.range(of: " at ".utf8) {
      rest = rest[(at.lowerBound + 1)...]
      let local = bytes[..<at.lowerBound].suffix(while: Self.isPlainByte, atMost: 64)
      var host = bytes[at.upperBound...].prefix(256).prefix(while: Self.isPlainByte)
      while let last = host.last, last == 0x2E || last == 0x2D { host = host.dropLast() }
      guard !local.isEmpty, isPrivate(local + [UInt8(ascii: "@")] + host) else { continue }
      places.append(local.startIndex..<host.endIndex)
    }
    return places
  }

  private func isPrivate(_ word: ArraySlice<UInt8>) -> Bool {
    values.contains(word.map(ASCII.lowercased))
  }

  private static func isPlainByte(_ byte: UInt8) -> Bool {
    ASCII.isLetterOrDigit(byte) || "._+-".utf8.contains(byte)
  }

  /// The IP addresses that are private values.
  private func numbers(in bytes: [UInt8]) -> [Range<Int>] {
    guard !values.isEmpty else { return [] }
    var places: [Range<Int>] = []
    var index = 0
    while index < bytes.count {
      var word = bytes[index...].prefix(while: Self.isNumberByte)
      let next = word.endIndex
      while let last = word.last, last == 0x2E || last == 0x3A { word = word.dropLast() }
      if word.count >= 3, isPrivate(word) { places.append(word.startIndex..<word.endIndex) }
      index = next + 1
    }
    return places
  }

  /// The bytes that IP addresses of both versions consist of.
  private static func isNumberByte(_ byte: UInt8) -> Bool {
    ASCII.isHexDigit(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: ":")
  }

  /// A sentence about how many addresses are masked in a file, and on which lines; nil when none is.
  static func account(of bytes: [UInt8]) -> String? {
    // The mask may be with or without brackets of its own.
    let start = Array(mask.utf8.dropFirst().dropLast())
    guard let first = start.first else { return nil }
    var lines: [Int] = []
    var line = 1
    for index in bytes.indices {
      if bytes[index] == 0x0A {
        line += 1
      } else if bytes[index] == first, bytes[index...].starts(with: start) {
        lines.append(line)
      }
    }
    guard let only = lines.first else { return nil }
    guard lines.count > 1 else { return "an address in it was masked, on line \(only)" }
    let places = lines.prefix(10).map(String.init).joined(separator: ", ")
    return "\(lines.count) addresses in it were masked, on lines \(places)"
      + (lines.count > 10 ? " and further down" : "")
  }
}

extension ArraySlice<UInt8> {
  /// The longest suffix of the slice whose bytes all pass a test.
  fileprivate func suffix(while test: (UInt8) -> Bool, atMost count: Int) -> ArraySlice<UInt8> {
    var start = endIndex
    while start > startIndex, endIndex - start < count, test(self[start - 1]) { start -= 1 }
    return self[start...]
  }
}
