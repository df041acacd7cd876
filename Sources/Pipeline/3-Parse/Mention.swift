/// `@handle` in a piece of text.
///
/// Only Link knows whether a contributor has the handle.
enum Mention {
  /// Whether an `@` after these bytes is part of something else, such as an e-mail address or a path.
  static func isForbidden(after bytes: ArraySlice<UInt8>) -> Bool {
    guard let scalar = lastScalar(of: bytes) else { return false }
    return scalar == "." || scalar == "/" || scalar == "@" || isLetterOrDigit(scalar)
      || isMark(scalar)
  }

  /// The end of the mention whose `@` is at an index; nil when no handle follows.
  static func end(in bytes: [UInt8], at start: Int) -> Int? {
    // A handle is a file name of at most 200 bytes; a longer run is not a handle.
    let longest = 200
    let window = bytes[(start + 1)..<min(bytes.count, start + 1 + longest + 4)]
    var end = start + 1
    // The end of the handle, if only full stops and hyphens follow.
    var kept = end
    for scalar in String(decoding: window, as: UTF8.self).unicodeScalars {
      guard scalar != "\u{FFFD}" else { break }
      if isLetterOrDigit(scalar) || (kept > start + 1 && (scalar == "_" || isMark(scalar))) {
        end += UTF8.width(scalar)
        kept = end
      } else if kept > start + 1, scalar == "." || scalar == "-" {
        end += 1
      } else {
        break
      }
    }
    return kept > start + 1 && kept - start - 1 <= longest ? kept : nil
  }

  static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII {
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9": return true
      default: return false
      }
    }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber:
      return true
    default: return false
    }
  }

  /// Whether a scalar is a combining mark, such as a vowel sign.
  static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    guard !scalar.isASCII else { return false }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark: return true
    default: return false
    }
  }

  private static func lastScalar(of bytes: ArraySlice<UInt8>) -> Unicode.Scalar? {
    String(decoding: bytes.suffix(4), as: UTF8.self).unicodeScalars.last
  }
}
