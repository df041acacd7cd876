/// The effect of a Unicode scalar on the word that it is in.
enum ScalarClass {
  /// Ends the word.
  case separator
  /// A letter; lower case is `folded`.
  case letter(folded: Unicode.Scalar)
  /// A letter whose lower case has more than one scalar.
  case expanding
  case digit(folded: Unicode.Scalar)
  /// A combining mark, which belongs to the letter before it.
  case mark
  /// Of a script without spaces between words: pairs of scalars are used as words.
  case unspaced
  /// Invisible, such as a soft hyphen: the word continues.
  case invisible

  @inline(__always)
  init(_ scalar: Unicode.Scalar) {
    self = scalar.value < 0x800 ? Self.common[Int(scalar.value)] : Self.classify(scalar)
  }

  /// The scalars of at most two bytes, which cover whole languages.
  private static let common = (0..<0x800).map { classify(Unicode.Scalar(UInt16($0)) ?? " ") }

  private static func classify(_ scalar: Unicode.Scalar) -> ScalarClass {
    if isUnspaced(scalar.value) {
      switch scalar.properties.generalCategory {
      case .decimalNumber: return .digit(folded: scalar)
      case .otherLetter, .modifierLetter, .nonspacingMark, .spacingMark, .letterNumber:
        return .unspaced
      default: return .separator
      }
    }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
      let plain = withoutWidth(scalar)
      let folded = plain.properties.lowercaseMapping.unicodeScalars
      guard let first = folded.first, folded.count == 1 else { return .expanding }
      return .letter(folded: first)
    case .decimalNumber: return .digit(folded: withoutWidth(scalar))
    case .nonspacingMark, .spacingMark, .enclosingMark:
      return scalar.properties.isVariationSelector ? .invisible : .mark
    // A zero-width space separates words.
    case .format: return scalar.value == 0x200B ? .separator : .invisible
    default: return .separator
    }
  }

  /// The standard form of a full-width letter or digit.
  private static func withoutWidth(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    guard (0xFF01...0xFF5E).contains(scalar.value) else { return scalar }
    return Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
  }

  /// Han, kana, hangul (which has spaces, but attaches endings to words), Thai, Lao, Myanmar and Khmer.
  private static func isUnspaced(_ value: UInt32) -> Bool {
    switch value {
    case 0..<0x0E00: false
    case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1100...0x11FF, 0x1780...0x17FF: true
    case 0x3005...0x3007, 0x3041...0x318F, 0x31A0...0x31BF, 0x31F0...0x31FF: true
    case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA960...0xA97F, 0xAC00...0xD7FF: true
    case 0xF900...0xFAFF, 0xFF66...0xFFDC, 0x1B000...0x1B16F, 0x20000...0x3FFFF: true
    default: false
    }
  }
}
