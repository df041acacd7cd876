import StoaAddresses
import StoaModel
import StoaYAML

extension Settings {
  /// Reads the settings about published names: the authority in feeds' ids, and the addresses that were removed on purpose.
  mutating func readPublished(_ fields: inout Fields) {
    readFeedAuthority(&fields)
    for entry in fields.mapping("gone") { readGone(entry, &fields) }
  }

  /// A name, and the day or year since which the community has it, as RFC 4151 requires: `notes.example,2026`.
  private mutating func readFeedAuthority(_ fields: inout Fields) {
    guard let text = fields.text("id") else { return }
    let parts = text.value.split(separator: ",", omittingEmptySubsequences: false)
    let isName = { (name: Substring) in
      name.utf8.count <= 200
        && name.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
          label.utf8.first != UInt8(ascii: "-") && !label.isEmpty
            && label.utf8.allSatisfy { byte in
              ASCII.isDigit(byte) || byte == UInt8(ascii: "-")
                || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
            }
        }
    }
    let isDate = { (date: Substring) in
      let shape = date.utf8.map { ASCII.isDigit($0) ? UInt8(ascii: "0") : $0 }
      return ["0000", "0000-00", "0000-00-00"].contains { $0.utf8.elementsEqual(shape) }
    }
    guard parts.count == 2, isName(parts[0]), isDate(parts[1]) else {
      fields.invalid(
        "id", text, "“\(text.value)” cannot be part of the ids of feeds",
        "write a name in lower case and a year, such as notes.example,2026")
      return
    }
    feedAuthority = text.value
  }

  private mutating func readGone(_ entry: YAMLEntry, _ fields: inout Fields) {
    let location = fields.location(ofKey: entry)
    guard let place = place(ofGone: entry.key) else {
      let isDigest = entry.key.utf8.starts(with: GoneAddress.digestPrefix.utf8)
      fields.report(
        .invalidSetting, entry, "“\(entry.key)” cannot be a removed address",
        isDigest
          ? "write sha256: and the 64 digits of the address's hash"
          : "write it from the site's root, such as /posts/old-name/")
      return
    }
    guard let reason = entry.value.scalar?.oneLine, !reason.isEmpty else {
      fields.report(
        .invalidSetting, entry, "“\(entry.key)” is removed without a reason",
        "write one after the colon, such as: taken back by its author")
      return
    }
    guard !gone.contains(where: { $0.place == place }) else {
      fields.report(.duplicateKey, entry, "“\(entry.key)” occurs twice", "keep one")
      return
    }
    gone.append(
      GoneAddress(place, reason: reason.directionBalanced, location: location))
  }

  private func place(ofGone text: String) -> GoneAddress.Place? {
    if text.utf8.starts(with: GoneAddress.digestPrefix.utf8) {
      let digits = text.utf8.dropFirst(GoneAddress.digestPrefix.utf8.count)
      guard digits.count == 64, digits.allSatisfy({ ASCII.isHexDigit($0) }) else { return nil }
      return .digest(String(decoding: digits.map { ASCII.lowercased($0) }, as: UTF8.self))
    }
    let parts = text.utf8.split(
      separator: UInt8(ascii: "#"), maxSplits: 1, omittingEmptySubsequences: false
    ).map { String(Substring($0)) }
    guard let address = FormerAddress.read(parts[0], siteURL: url) else { return nil }
    guard parts.count > 1, !parts[1].isEmpty else { return .path(address.path) }
    guard let fragment = PercentEncoding.decode(parts[1]) else { return nil }
    return .path("\(address.path)#\(fragment)")
  }
}
