import StoaModel

/// Classifies URLs, and writes external ones in a form that all browsers interpret alike.
///
/// Input is decoded, from front matter, markdown and HTML; output is escaped where it is written. A URL that browsers would repair
/// by guessing (white space inside, backslashes, missing slashes, credentials) is refused.
package enum AddressPolicy {
  package enum Verdict: Sendable {
    /// `http` or `https`, with a host.
    case external
    /// `mailto`.
    case mail
    /// A path or query, relative to the site's root or to the page.
    case relative
    /// An anchor on the same page.
    case fragment
    case refused
  }

  /// The maximum length of a URL.
  private static let limit = 8192

  package static func judge(_ address: String) -> Verdict {
    var address = address
    return address.withUTF8 { judge(trimmed($0)) }
  }

  /// The normalized form of an `external` or `mail` URL: lower-case scheme and host, and no character that a reader could take for
  /// the URL's end; nil for any other.
  package static func normalized(_ address: String) -> String? {
    var address = address
    return address.withUTF8 { bytes in
      let bytes = trimmed(bytes)
      switch judge(bytes) {
      case .external: return external(bytes)
      case .mail: return "mailto:" + encoded(bytes.dropFirst("mailto:".utf8.count))
      case .relative, .fragment, .refused: return nil
      }
    }
  }

  private typealias Bytes = UnsafeBufferPointer<UInt8>.SubSequence

  private static func trimmed(_ bytes: UnsafeBufferPointer<UInt8>) -> Bytes {
    var bytes = bytes[...]
    while bytes.first == 0x20 { bytes.removeFirst() }
    while bytes.last == 0x20 { bytes.removeLast() }
    return bytes
  }

  private static func judge(_ bytes: Bytes) -> Verdict {
    guard bytes.count <= limit, !bytes.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
      return .refused
    }
    if bytes.first == UInt8(ascii: "#") { return .fragment }
    let path = bytes.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
    let beginning = path.prefix { $0 != UInt8(ascii: "/") }
    guard let colon = beginning.firstIndex(of: UInt8(ascii: ":")) else {
      // Browsers read a backslash as a slash, and two slashes as the start of a host.
      let leadsOut = path.contains(UInt8(ascii: "\\")) || path.starts(with: "//".utf8)
      return leadsOut ? .refused : .relative
    }
    let rest = bytes[(colon + 1)...]
    switch String(decoding: beginning[..<colon].map(ASCII.lowercased), as: UTF8.self) {
    case "http", "https": return authority(of: rest) == nil ? .refused : .external
    case "mailto": return isMail(rest) ? .mail : .refused
    default: return .refused
    }
  }

  // MARK: http and https

  /// Host and port after the scheme's colon, if they are well-formed.
  private static func authority(of rest: Bytes) -> Bytes? {
    guard rest.starts(with: "//".utf8) else { return nil }
    let authority = rest.dropFirst(2).prefix { !"/?#".utf8.contains($0) }
    var host = authority
    if authority.first == UInt8(ascii: "["), let end = authority.lastIndex(of: UInt8(ascii: "]")) {
      host = authority[...end]
      let address = host.dropFirst().dropLast()
      guard
        address.contains(UInt8(ascii: ":")),
        address.allSatisfy({
          ASCII.isHexDigit($0) || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".")
        })
      else { return nil }
    } else {
      host = authority.prefix { $0 != UInt8(ascii: ":") }
      guard isHostName(host) else { return nil }
    }
    let port = authority[host.endIndex...]
    guard
      port.isEmpty
        || (port.first == UInt8(ascii: ":") && port.count <= 6
          && port.dropFirst().allSatisfy(ASCII.isDigit))
    else { return nil }
    return authority
  }

  /// Labels of letters and digits of any script; no credentials, percent signs or invisible characters.
  private static func isHostName(_ host: Bytes) -> Bool {
    guard !host.isEmpty, host.count <= 253, host.first != UInt8(ascii: ".") else { return false }
    if host.allSatisfy({ $0 < 0x80 }) {
      return host.allSatisfy { ASCII.isLetterOrDigit($0) || "-._".utf8.contains($0) }
    }
    return String(decoding: host, as: UTF8.self).unicodeScalars.allSatisfy { scalar in
      if scalar.isASCII {
        let byte = UInt8(scalar.value)
        return ASCII.isLetterOrDigit(byte) || "-._".utf8.contains(byte)
      }
      switch scalar.properties.generalCategory {
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
        .nonspacingMark, .spacingMark, .decimalNumber:
        // Browsers convert full-width and other compatibility characters to ASCII, including dots and slashes.
        return !scalar.properties.changesWhenNFKCCaseFolded
          || scalar.properties.isUppercase
      default: return false
      }
    }
  }

  private static func external(_ bytes: Bytes) -> String? {
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
      let authority = authority(of: bytes[(colon + 1)...])
    else { return nil }
    let scheme = String(decoding: bytes[..<colon].map(ASCII.lowercased), as: UTF8.self)
    let host = String(decoding: authority.map(ASCII.lowercased), as: UTF8.self)
    return "\(scheme)://\(host)" + encoded(bytes[authority.endIndex...])
  }

  // MARK: mailto

  /// Whether there is a recipient, and no line break that could begin another mail header.
  private static func isMail(_ rest: Bytes) -> Bool {
    let recipient = rest.prefix { $0 != UInt8(ascii: "?") }
    guard recipient.contains(UInt8(ascii: "@")), !holdsLineBreak(recipient) else { return false }
    return rest[recipient.endIndex...].dropFirst().split(separator: UInt8(ascii: "&"))
      .allSatisfy { field in
        field.prefix(5).map(ASCII.lowercased).elementsEqual("body=".utf8) || !holdsLineBreak(field)
      }
  }

  /// Whether it has a percent-encoded control character.
  private static func holdsLineBreak(_ bytes: Bytes) -> Bool {
    bytes.indices.contains { index in
      bytes[index] == UInt8(ascii: "%") && index + 2 < bytes.endIndex
        && (bytes[index + 1] == UInt8(ascii: "0") || bytes[index + 1] == UInt8(ascii: "1"))
        && ASCII.isHexDigit(bytes[index + 2])
    }
  }

  /// Percent-encodes characters that are not allowed in a URL, and percent signs that begin no escape.
  private static func encoded(_ bytes: Bytes) -> String {
    PercentEncoding.encodeAnew(UnsafeBufferPointer(rebasing: bytes), keeping: PercentEncoding.url)
  }
}
