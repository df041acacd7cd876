import StoaModel

/// Keeps e-mail and IP addresses out of everything that is written.
///
/// Fields for such addresses are never copied. Two things remain: what people typed into the texts of comments, where every
/// e-mail address is masked, and the values of the private fields, which are masked wherever they turn up.
struct Privacy: Sendable {
  static let mask = "[address removed]"

  private var values: Set<[UInt8]> = []

  /// Whether a key of a source is for an address of a person, or for something made from one.
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

  /// Letters of ASCII in lower case, digits, and everything that is not ASCII.
  private static func foldedKeyByte(_ byte: UInt8) -> UInt8? {
    ASCII.isLetterOrDigit(byte) || byte >= 0x80 ? ASCII.lowercased(byte) : nil
  }

  /// Takes note of a value of a private field.
  mutating func learn(_ value: String) {
    let bytes = Array(CleanText.trim(value).utf8)
    guard bytes.count >= 5, !Self.common.contains(value) else { return }
    let isAddress =
      bytes.contains(UInt8(ascii: "@"))
      || bytes.allSatisfy(Self.isNumberByte) && bytes.contains { $0 == 0x2E || $0 == 0x3A }
    if isAddress { values.insert(bytes) }
  }

  /// Addresses that are in every text about networks, and say nothing about anybody.
  private static let common: Set<String> = ["127.0.0.1", "::1", "0.0.0.0", "localhost"]

  /// The text without private values; in a comment, without any e-mail address.
  func masked(_ bytes: [UInt8], isComment: Bool) -> [UInt8] {
    let hasAt = bytes.contains(UInt8(ascii: "@"))
    guard hasAt || values.contains(where: { !$0.contains(UInt8(ascii: "@")) }) else { return bytes }
    var result: [UInt8] = []
    var copied = 0
    var index = 0
    while index < bytes.count {
      guard let end = endOfAddress(in: bytes, at: index, isComment: isComment) else {
        index += 1
        continue
      }
      result.append(contentsOf: bytes[copied..<index])
      result.append(contentsOf: Self.mask.utf8)
      index = end
      copied = end
    }
    guard copied > 0 else { return bytes }
    result.append(contentsOf: bytes[copied...])
    return result
  }

  /// A name, label or address on one line without addresses; empty when nothing else was in it.
  func masked(line: String, maximumLength: Int = 500) -> String {
    let bytes = masked(
      Array(CleanText.line(line, maximumLength: maximumLength).utf8), isComment: true)
    let text = String(decoding: bytes, as: UTF8.self)
    return text == Self.mask || PersonalAddress.isIn(text) ? "" : text
  }

  /// The end of the address that begins at an index, if one does.
  private func endOfAddress(in bytes: [UInt8], at index: Int, isComment: Bool) -> Int? {
    endOfMailbox(in: bytes, at: index, isComment: isComment) ?? endOfValue(in: bytes, at: index)
  }

  private func endOfMailbox(in bytes: [UInt8], at index: Int, isComment: Bool) -> Int? {
    guard PersonalAddress.isLocalPart(bytes[index]) else { return nil }
    if index > 0,
      PersonalAddress.isLocalPart(bytes[index - 1]) || bytes[index - 1] == UInt8(ascii: "@")
    {
      return nil
    }
    let local = bytes[index...].prefix(while: PersonalAddress.isLocalPart)
    guard local.endIndex < bytes.count, bytes[local.endIndex] == UInt8(ascii: "@") else {
      return nil
    }
    let host = bytes[(local.endIndex + 1)...].prefix(while: PersonalAddress.isHostPart)
    var end = host.endIndex
    // A full stop after an address ends the sentence.
    while end > host.startIndex, bytes[end - 1] == 0x2E || bytes[end - 1] == 0x2D { end -= 1 }
    let labels = bytes[host.startIndex..<end].split(
      separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard labels.count >= 2, labels.allSatisfy({ !$0.isEmpty }) else { return nil }
    if values.contains(Array(bytes[index..<end])) { return end }
    guard isComment else { return nil }
    // `git@host:path` and `https://user@host` are addresses of machines.
    let slash = UInt8(ascii: "/")
    let isMachine =
      local.elementsEqual("git".utf8)
      || index > 1 && bytes[index - 1] == slash && bytes[index - 2] == slash
    return isMachine ? nil : end
  }

  private func endOfValue(in bytes: [UInt8], at index: Int) -> Int? {
    guard Self.isNumberByte(bytes[index]), index == 0 || !Self.isNumberByte(bytes[index - 1]) else {
      return nil
    }
    var word = bytes[index...].prefix(while: Self.isNumberByte)
    while let last = word.last, last == 0x2E || last == 0x3A { word = word.dropLast() }
    return values.contains(Array(word)) ? word.endIndex : nil
  }

  /// What IP addresses of both versions are made of.
  private static func isNumberByte(_ byte: UInt8) -> Bool {
    ASCII.isHexDigit(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: ":")
  }
}
