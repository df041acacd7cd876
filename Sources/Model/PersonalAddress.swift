/// Recognises e-mail addresses, and hashes of them, which are no part of the format.
package enum PersonalAddress {
  package static func isKey(_ key: String) -> Bool {
    let words = key.lowercased().split { !$0.isLetter && !$0.isNumber }
    return words.contains { $0 == "email" || $0 == "mail" || $0 == "gravatar" || $0 == "mailhash" }
      || words.elementsEqual(["e", "mail"]) || words.starts(with: ["ip"]) && words.last == "address"
  }

  /// Whether a value has an e-mail address in it, or is wholly an MD5 or SHA-256 in hexadecimal.
  package static func isIn(_ value: String) -> Bool {
    let count = value.utf8.count
    // Hardly a value gets past this.
    guard count == 32 || count == 64 || value.utf8.contains(UInt8(ascii: "@")) else { return false }
    let bytes = Array(value.utf8)
    if bytes.count == 32 || bytes.count == 64 {
      if bytes.allSatisfy(ASCII.isHexDigit) { return true }
    }
    var from = 0
    while let at = bytes[from...].firstIndex(of: UInt8(ascii: "@")) {
      // `@user@host` is a name on the open social web, not a mailbox.
      let before = bytes[..<at].reversed().prefix(while: isLocalPart)
      let isMention = before.count < at && bytes[at - before.count - 1] == UInt8(ascii: "@")
      let host = bytes[(at + 1)...].prefix(while: isHostPart)
      let labels = host.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
      let hasHost =
        labels.count >= 2 && labels.dropLast().allSatisfy { !$0.isEmpty }
        && (labels.last.map { $0.count >= 2 || $0.isEmpty && labels.count > 2 } ?? false)
      if !before.isEmpty, !isMention, hasHost { return true }
      from = at + 1
    }
    return false
  }

  package static func isLocalPart(_ byte: UInt8) -> Bool {
    isHostPart(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "+")
      || byte == UInt8(ascii: "%")
  }

  package static func isHostPart(_ byte: UInt8) -> Bool {
    ASCII.isLetterOrDigit(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
      || byte >= 0x80
  }
}
