/// Recognises e-mail addresses and hashes of them, which the format does not allow.
package enum PersonalAddress {
  package static func isKey(_ key: String) -> Bool {
    let words = key.lowercased().split { !$0.isLetter && !$0.isNumber }
    return words.contains { $0 == "email" || $0 == "mail" || $0 == "gravatar" || $0 == "mailhash" }
      || words.elementsEqual(["e", "mail"]) || words.starts(with: ["ip"]) && words.last == "address"
  }

  /// Whether a value contains an e-mail address, or is an MD5 or SHA-256 in hexadecimal.
  package static func isIn(_ value: String) -> Bool {
    let count = value.utf8.count
    // A fast test that rules out most values.
    guard count == 32 || count == 64 || value.utf8.contains(UInt8(ascii: "@")) else { return false }
    let bytes = Array(value.utf8)
    if bytes.count == 32 || bytes.count == 64 {
      if bytes.allSatisfy(ASCII.isHexDigit) { return true }
    }
    return !MailAddress.ranges(in: bytes).isEmpty
  }
}
