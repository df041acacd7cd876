/// The names in URLs: slugs and response ids.
package enum Slug {
  package static let maximumLength = 200

  /// Why a file's name cannot be a slug.
  package enum Problem: Sendable {
    case empty
    case tooLong
    case notNFC
    /// Does not begin with a letter or digit.
    case start
    case character(Unicode.Scalar)
    /// Some file systems reserve the name, or it ends with a dot.
    case notPortable
  }

  /// Checks the name of a post, page or contributor: NFC, a letter or digit of any script first, then letters, digits,
  /// `.`, `_` and `-`, at most 200 bytes, and a name that every file system can hold.
  package static func problem(in name: String) -> Problem? {
    guard let first = name.unicodeScalars.first else { return .empty }
    guard name.utf8.count <= maximumLength else { return .tooLong }
    guard isLetterOrDigit(first), !isMark(first) else { return .start }
    for scalar in name.unicodeScalars where !isLetterOrDigit(scalar) {
      guard scalar == "." || scalar == "_" || scalar == "-" else { return .character(scalar) }
    }
    guard name.isNFC else { return .notNFC }
    return isPortable(name) ? nil : .notPortable
  }

  /// A response's id: `[a-z0-9][a-z0-9-]{0,127}`.
  package static func isResponseId(_ name: String) -> Bool {
    let bytes = name.utf8
    guard let first = bytes.first, bytes.count <= 128 else { return false }
    return first != UInt8(ascii: "-")
      && bytes.allSatisfy {
        switch $0 {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
          UInt8(ascii: "-"):
          true
        default: false
        }
      } && isPortable(name)
  }

  /// The slug of a topic or author that is given by name: NFC, lower case, with letters and digits kept and every other run
  /// replaced by one `-`; empty when the name has no letter or digit.
  package static func make(from name: String) -> String {
    var slug = ""
    var pendingHyphen = false
    for scalar in name.lowercased().normalizedNFC.unicodeScalars {
      guard isLetterOrDigit(scalar), !(slug.isEmpty && isMark(scalar)) else {
        pendingHyphen = !slug.isEmpty
        continue
      }
      let length = slug.utf8.count + (pendingHyphen ? 1 : 0) + UTF8.width(scalar)
      guard length <= maximumLength else { break }
      if pendingHyphen { slug.unicodeScalars.append("-") }
      pendingHyphen = false
      slug.unicodeScalars.append(scalar)
    }
    return slug
  }

  /// The key that two slugs share if a case-insensitive file system would confuse them: NFC, case folded.
  package static func foldedKey(_ slug: String) -> String { NameKey(slug).folded }

  /// Letters, digits, and the combining marks that many scripts need.
  package static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9": return true
    case "\u{00}"..."\u{7F}": return false
    default: break
    }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .nonspacingMark, .spacingMark:
      return true
    default:
      return false
    }
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    guard !scalar.isASCII else { return false }
    let category = scalar.properties.generalCategory
    return category == .nonspacingMark || category == .spacingMark
  }

  /// Windows reserves some names with any extension, and drops a dot at the end.
  private static func isPortable(_ name: String) -> Bool {
    !name.hasSuffix(".") && !isReserved(name)
  }

  /// Whether Windows treats the name as a device.
  static func isReserved(_ name: String) -> Bool {
    let letters = name.utf8.prefix { $0 != UInt8(ascii: ".") }
    guard (3...4).contains(letters.count) else { return false }
    let stem = String(Substring(letters)).lowercased()
    if ["con", "prn", "aux", "nul"].contains(stem) { return true }
    guard stem.utf8.count == 4, stem.hasPrefix("com") || stem.hasPrefix("lpt") else { return false }
    return ("1"..."9").contains(stem.suffix(1))
  }
}

extension Slug.Problem: CustomStringConvertible {
  /// The problem, as the end of a sentence about the name.
  package var description: String {
    switch self {
    case .empty: "it is empty"
    case .tooLong: "it is longer than \(Slug.maximumLength) bytes"
    case .notNFC: "it is not in Unicode's normalization form C"
    case .start: "it does not begin with a letter or digit"
    case .character(let scalar): "it has \(Self.name(of: scalar))"
    case .notPortable: "some systems do not allow a file with that name"
    }
  }

  private static func name(of scalar: Unicode.Scalar) -> String {
    if scalar == " " { return "a space" }
    let hex = String(scalar.value, radix: 16, uppercase: true)
    let code = "U+" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex
    let isVisible = scalar.isASCII && scalar.value > 0x20 && scalar.value < 0x7F
    return isVisible ? "the character “\(scalar)”" : "the character \(code)"
  }
}
