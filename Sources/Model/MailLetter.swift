/// A character, classified for finding addresses; each byte of invalid UTF-8 counts as a character.
struct MailLetter {
  /// How letters of a script form words.
  enum Script {
    case latin
    /// Written with spaces between words.
    case spaced
    /// Written without spaces, or with endings that directly follow foreign words, as in Korean.
    case unspaced
  }

  enum Kind: Equatable {
    case letter(Script)
    case digit
    /// A combining mark, which belongs to the letter before it.
    case mark
    case other
  }

  let scalar: Unicode.Scalar
  let width: Int
  let kind: Kind

  var isWord: Bool {
    switch kind {
    case .letter, .digit: true
    case .mark, .other: false
    }
  }

  init(in bytes: UnsafeBufferPointer<UInt8>, startingAt start: Int) {
    let width = Self.width(of: bytes[start])
    guard width > 1, start + width <= bytes.count,
      let scalar = Self.decode(bytes[start..<start + width])
    else {
      self.init(byte: bytes[start])
      return
    }
    self.init(scalar, width: width)
  }

  init(in bytes: UnsafeBufferPointer<UInt8>, endingAt end: Int) {
    var start = end - 1
    while start > 0, end - start < 4, bytes[start] & 0xC0 == 0x80 { start -= 1 }
    guard end - start > 1, Self.width(of: bytes[start]) == end - start,
      let scalar = Self.decode(bytes[start..<end])
    else {
      self.init(byte: bytes[end - 1])
      return
    }
    self.init(scalar, width: end - start)
  }

  private init(byte: UInt8) {
    width = 1
    scalar = Unicode.Scalar(byte)
    if ASCII.isDigit(byte) {
      kind = .digit
    } else {
      kind = byte < 0x80 && ASCII.isLetterOrDigit(byte) ? .letter(.latin) : .other
    }
  }

  private init(_ scalar: Unicode.Scalar, width: Int) {
    self.scalar = scalar
    self.width = width
    kind = Self.kind(of: scalar)
  }

  private static func width(of first: UInt8) -> Int {
    switch first {
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: 1
    }
  }

  private static func decode(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Unicode.Scalar? {
    guard let first = bytes.first, bytes.dropFirst().allSatisfy({ $0 & 0xC0 == 0x80 }) else {
      return nil
    }
    let lead = UInt32(first & (0xFF >> UInt8(bytes.count + 1)))
    return Unicode.Scalar(bytes.dropFirst().reduce(lead) { $0 << 6 | UInt32($1 & 0x3F) })
  }

  private static func kind(of scalar: Unicode.Scalar) -> Kind {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: return .mark
    case .decimalNumber: return .digit
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .letterNumber:
      return .letter(script(of: scalar))
    default: return .other
    }
  }

  private static func script(of scalar: Unicode.Scalar) -> Script {
    switch scalar.value {
    case 0xAA...0x24F, 0x1E00...0x1EFF, 0x2C60...0x2C7F, 0xA720...0xA7FF, 0xFF21...0xFF5A: .latin
    // Thai, Lao, Tibetan, Myanmar, Hangul, Khmer, Tai; radicals, kana, Bopomofo, Yi; their extensions and compatibility forms.
    case 0x0E00...0x109F, 0x1100...0x11FF, 0x1780...0x17FF, 0x1950...0x19DF, 0x1A20...0x1AAF,
      0x2E80...0xA4CF, 0xA960...0xA97F, 0xA9E0...0xA9FF, 0xAA60...0xAADF, 0xAC00...0xD7FF,
      0xF900...0xFAFF, 0xFF66...0xFFDC, 0x16FE0...0x18D8F, 0x1AFF0...0x1B2FF, 0x20000...0x3FFFF:
      .unspaced
    default: .spaced
    }
  }
}
