import StoaModel

/// Cleans text from the fields of a form for use in a file.
package enum TypedText {
  /// A text on one line: white space collapsed, without characters that YAML does not allow.
  package static func line(_ text: String) -> String {
    var line = ""
    var pendingSpace = false
    for scalar in text.unicodeScalars {
      if scalar.properties.isWhitespace {
        pendingSpace = !line.isEmpty
      } else if isAllowed(scalar) {
        if pendingSpace { line.unicodeScalars.append(" ") }
        pendingSpace = false
        line.unicodeScalars.append(scalar)
      }
    }
    return line
  }

  /// Whether YAML allows a character, which is not white space; a byte order mark is not allowed in names either.
  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x21..<0x7F, 0xA0..<0xFEFF, 0xFF00..<0xFFFE: true
    case 0x10000...: scalar.value & 0xFFFE != 0xFFFE
    default: false
    }
  }

  /// Markdown that shows what its author saw in the text box: a single line end remains a line end.
  ///
  /// Blank lines at both ends are removed; control characters become U+FFFD, as in a build.
  package static func markdown(from text: String) -> String {
    let lines = lines(of: text)
    guard let first = lines.firstIndex(where: { !isBlank($0) }),
      let last = lines.lastIndex(where: { !isBlank($0) })
    else { return "" }
    var kept = Array(lines[first...last])
    while let byte = kept[kept.count - 1].last, byte == 0x20 || byte == 0x09 {
      kept[kept.count - 1].removeLast()
    }
    HardBreaks.add(to: &kept)
    return String(decoding: Array(kept.joined(separator: [0x0A])), as: UTF8.self)
  }

  /// The lines of a text, whatever their line endings.
  private static func lines(of text: String) -> [[UInt8]] {
    var lines: [[UInt8]] = [[]]
    var wasReturn = false
    for byte in text.utf8 {
      switch byte {
      case 0x0A where wasReturn: break
      case 0x0A, 0x0D: lines.append([])
      case 0x00..<0x09, 0x0B..<0x20, 0x7F:
        lines[lines.count - 1] += UTF8.encodedReplacementCharacter
      default: lines[lines.count - 1].append(byte)
      }
      wasReturn = byte == 0x0D
    }
    return lines
  }

  static func isBlank(_ line: some Collection<UInt8>) -> Bool {
    line.allSatisfy { $0 == 0x20 || $0 == 0x09 }
  }
}
