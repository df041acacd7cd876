extension String {
  /// The text on one line, with every character that could affect the terminal written as `\u{…}`.
  package var printable: String {
    guard unicodeScalars.contains(where: \.isInvisible) else { return self }
    var shown = ""
    for scalar in unicodeScalars {
      if scalar.isInvisible {
        shown += "\\u{\(String(scalar.value, radix: 16))}"
      } else {
        shown.unicodeScalars.append(scalar)
      }
    }
    return shown
  }
}

extension String {
  /// The text with one space for every run of line breaks and other control characters, and the spaces around it.
  package var onOneLine: String {
    // Most texts have none of the bytes that such a character begins with.
    guard utf8.contains(where: { $0 < 0x20 || $0 == 0x7F || $0 == 0xC2 || $0 == 0xE2 }),
      unicodeScalars.contains(where: \.isLineBreakOrControl)
    else { return self }
    var line = ""
    var gap = ""
    for scalar in unicodeScalars {
      if scalar.isLineBreakOrControl {
        gap = " "
      } else if scalar == " " {
        if gap != " " || line.isEmpty { gap.unicodeScalars.append(scalar) }
      } else {
        line += gap
        gap = ""
        line.unicodeScalars.append(scalar)
      }
    }
    return line
  }
}

extension Unicode.Scalar {
  fileprivate var isLineBreakOrControl: Bool {
    switch value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029: true
    default: false
    }
  }

  /// Controls, line breaks, and characters that change the direction of text.
  package var isInvisible: Bool {
    switch value {
    case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x2069, 0xFEFF:
      true
    default: false
    }
  }
}

extension String {
  /// Whether the text is invisible: only white space or invisible characters.
  package var showsNothing: Bool {
    if let first = utf8.first, 0x21..<0x7F ~= first { return false }
    return unicodeScalars.allSatisfy { scalar in
      scalar.isInvisible || scalar.properties.isWhitespace
        || scalar.properties.isDefaultIgnorableCodePoint
        // The braille pattern without dots.
        || scalar.value == 0x2800
    }
  }
}
