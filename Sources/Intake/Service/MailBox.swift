import StoaModel

/// A mail address, perhaps with a name before it.
package struct MailBox: Sendable, Hashable {
  package let name: String
  /// ASCII, without characters that have a meaning in a mail's header.
  package let address: String

  /// Reads `ada@portico.example` or `Ada Lindqvist <ada@portico.example>`; nil for anything else.
  package init?(_ text: String) {
    let text = TypedText.line(text)
    var address = text[...]
    var name = ""
    if text.hasSuffix(">"), let start = text.lastIndex(of: "<") {
      name = TypedText.line(String(text[..<start]))
      address = text[text.index(after: start)...].dropLast()
    }
    guard Self.isAddress(address), name.utf8.count <= 200 else { return nil }
    self.name = name
    self.address = String(address)
  }

  /// The form in which two spellings are equal if all mail servers deliver them to one mailbox.
  package var normalized: String { address.lowercased() }

  /// Whether a text is an address in the usual form: without quotes, comments and hosts without a dot.
  private static func isAddress(_ text: Substring) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count <= 254, let at = bytes.lastIndex(of: UInt8(ascii: "@")) else { return false }
    let (local, host) = (bytes[..<at], bytes[(at + 1)...])
    let isDotted = { (part: ArraySlice<UInt8>) in
      part.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        .allSatisfy { !$0.isEmpty }
    }
    let labels = host.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return (1...64).contains(local.count) && isDotted(local)
      && local.allSatisfy { ASCII.isLetterOrDigit($0) || "!#$%&'*+/=?^_`{|}~.-".utf8.contains($0) }
      // A sendmail program that takes addresses as arguments would read this as an option.
      && local.first != UInt8(ascii: "-")
      && labels.count >= 2
      && labels.allSatisfy { label in
        (1...63).contains(label.count)
          && label.allSatisfy { ASCII.isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
          && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
      }
  }
}
